# farringtonFlexible with the settings of Noufaily et al. 2013, over series of weekly counts.
# Rscript surveillance.R counts.csv first_week out.csv years   (one series a row; p of each tested week, one series a row)
suppressMessages(library(surveillance))
arguments <- commandArgs(trailingOnly = TRUE)
counts <- as.matrix(read.csv(arguments[1], header = FALSE))
first <- as.integer(arguments[2])
range <- first:ncol(counts)
control <- list(range = range, b = as.integer(arguments[4]), w = 3, reweight = TRUE, weightsThreshold = 2.58, trend = TRUE,
  pThresholdTrend = 1, noPeriods = 10, pastWeeksNotIncluded = 26, thresholdMethod = "nbPlugin",
  populationOffset = FALSE, glmWarnings = FALSE, alpha = 0.01, limit54 = c(0, 1), powertrans = "2/3",
  fitFun = "algo.farrington.fitGLM.flexible", verbose = FALSE)
result <- matrix(NA_real_, nrow(counts), length(range))
began <- proc.time()[["user.self"]]
for (row in seq_len(nrow(counts))) {
  series <- sts(observed = counts[row, ], start = c(2000, 1), frequency = 52)
  result[row, ] <- as.numeric(suppressWarnings(farringtonFlexible(series, control))@control$pvalue)
}
cat(proc.time()[["user.self"]] - began, "\n")
write.table(result, arguments[3], sep = ",", row.names = FALSE, col.names = FALSE, na = "")
