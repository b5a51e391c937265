"""`python -m tocsin` is the command line."""

from tocsin.cli.main import main

main()
