"""Inverses of many small symmetric positive definite matrices, one after the other.

    (1)  A = L Lᵀ,  L lower triangular
    (2)  A⁻¹ = L⁻ᵀ L⁻¹

A pivot of which rounding has left nothing becomes as good as infinite: its unknown is left out, as is usual
in interior-point codes (Wright, Primal-Dual Interior-Point Methods, 1997, §11).

A loop of our own, since a linear algebra library calls threads for each of a thousand small matrices and then
waits for them. All inner loops run along rows.

Golub, Van Loan, Matrix Computations, §4.2.
"""

import numpy as np
import numpy.typing as npt

from tocsin.engine.compiled import compiled

LOST = 1e-14
"""Of the diagonal: what is left of it is rounding."""
ENDLESS = 1e64
Floats = npt.NDArray[np.float64]


@compiled
def inverses(matrices: Floats) -> Floats:
    """(k, n, n), of which the lower triangles are read."""
    found = np.zeros(matrices.shape)
    for at in range(len(matrices)):
        multiply(reciprocal(factor(matrices[at])), found[at])
    return found


@compiled
def factor(matrix: Floats) -> Floats:
    """L of (1)."""
    lower = np.zeros(matrix.shape)
    for i in range(len(matrix)):
        for j in range(i + 1):
            left = matrix[i, j]
            for k in range(j):
                left -= lower[i, k] * lower[j, k]
            if j < i:
                lower[i, j] = left / lower[j, j]
            elif left > LOST * matrix[i, i]:
                lower[i, i] = np.sqrt(left)
            else:
                lower[i, i] = ENDLESS
    return lower


@compiled
def reciprocal(lower: Floats) -> Floats:
    """L⁻¹, row by row."""
    found = np.zeros(lower.shape)
    for i in range(len(lower)):
        found[i, i] = 1.0
        for k in range(i):
            for j in range(k + 1):
                found[i, j] -= lower[i, k] * found[k, j]
        for j in range(i + 1):
            found[i, j] /= lower[i, i]
    return found


@compiled
def multiply(lower: Floats, found: Floats) -> None:
    """(2), into `found`, from L⁻¹."""
    for k in range(len(lower)):
        for i in range(k + 1):
            for j in range(i + 1):
                found[i, j] += lower[k, i] * lower[k, j]
    for i in range(len(lower)):
        for j in range(i):
            found[j, i] = found[i, j]
