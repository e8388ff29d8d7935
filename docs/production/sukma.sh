#!/bin/sh
# One command of the service, with its settings and as its user: sukma office list
set -eu -f
umask 077
cd /opt/sukma
exec runuser --user sukma -- env $(grep -v '^#' /etc/sukma/sukma.env) .venv/bin/flask --app wsgi "$@"
