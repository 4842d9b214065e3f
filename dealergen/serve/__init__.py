"""The development server: shows the site as its host would serve it, each page made when it is asked for.

A process beside it reads the site and puts its plan on a shelf, from which the server makes any page without the rest;
so the first page of a hundred thousand is there at once. It listens on this machine only. An error appears in the open
page while the last good site stays; forms posted to it are kept in `.dealergen/leads`. `run.serve_site` starts it;
nothing is imported here, since the processes beside the server need none of it.
"""
