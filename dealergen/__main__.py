"""`python -m dealergen`: the same command line as `dealergen`."""

from dealergen.cli import main

main()
