"""`python -m dealergen`: the same command line as `dealergen`."""

from dealergen.cli import main

if __name__ == "__main__":
    main()
