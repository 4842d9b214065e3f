"""The development server: builds, previews as the host would serve, and rebuilds at every change.

It listens on this machine only. An error of the build appears in the open page while the last good site stays; forms
posted to it are kept in `.dealergen/leads`. `run.serve_site` starts it; nothing is imported here, since each build of
the preview is a new process that needs none of the server.
"""
