# `make run` and `make test` need only python3 (3.11 or newer) and make; the rest is installed here.
PYTHON ?= python3
BIN := .venv/bin
FLASK := $(BIN)/flask --app wsgi
PYTEST_ARGS ?= -n 2 --dist loadfile --no-loadscope-reorder
# Thousands of small databases are made and thrown away: in memory where there are 4 GB of it to spare, and in a
# folder of this run alone: what an earlier, killed run left behind can't be cleared away then by this one, and fail it.
SPARE := $(shell df --output=avail /dev/shm 2>/dev/null | tail -1)
TESTS_IN := $(shell [ "$(SPARE)" -gt 4000000 ] 2>/dev/null && echo /dev/shm || echo "$${TMPDIR:-/tmp}")
RUN_PACKAGES := .venv/installed
TEST_PACKAGES := .venv/installed-tests
NODE_PACKAGES := tests/browser/node_modules/.package-lock.json
BROWSERS := chromium chromium-browser google-chrome
OURS := core offices complaints survey indicators tests wsgi.py

# Installs Debian packages when we may; else says which command to run.
define apt_install
	if [ "$$(id -u)" = 0 ]; then sudo=; elif command -v sudo >/dev/null; then sudo=sudo; \
	else echo "Please run first: apt-get install $(1)" >&2; exit 1; fi; \
	$$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(1) >/dev/null
endef

# Some machines say that nothing compiled is kept: then every start, of which the tests make hundreds, takes twice as long.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test check demo bench chaos load lint browser java spreadsheets
.NOTPARALLEL:

# `make run RESTORE=FILE`: first put a backup in place, where there is no data yet.
run: $(RUN_PACKAGES)
	@[ -z "$(RESTORE)" ] || $(FLASK) backup restore "$(RESTORE)"
	@$(FLASK) serve

demo: export DATA_DIR ?= instance/demo
demo: $(RUN_PACKAGES)
	@$(FLASK) init
	@$(FLASK) demo
	@echo "Look at it with: DATA_DIR=$(DATA_DIR) make run"

test: $(TEST_PACKAGES) $(NODE_PACKAGES) browser java spreadsheets
	@folder=$$(mktemp -d "$(TESTS_IN)/sukma-XXXXXX") || exit 1; trap 'rm -rf "$$folder"' EXIT INT TERM; \
	TMPDIR="$$folder" $(BIN)/pytest $(PYTEST_ARGS)

check: lint test

bench: $(TEST_PACKAGES) browser
	@$(BIN)/python -m tests.bench

# Kills, power cuts, full disks, silent peers. As root, or the parts with a disk of their own are left out.
chaos: $(TEST_PACKAGES)
	@$(BIN)/python -m tests.chaos $(PARTS)

# A launch day of ten minutes; LOAD_SECONDS and LOAD_PHONES shorten it.
load: $(TEST_PACKAGES)
	@$(BIN)/python -m tests.load

# Over 20,000 inputs to every form and address; about half an hour.
fuzz: $(TEST_PACKAGES)
	@TMPDIR=$(TESTS_IN) $(BIN)/python -m tests.fuzz $(FUZZ_ARGS)

lint: $(TEST_PACKAGES)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/djlint --lint --quiet templates
	@$(BIN)/mypy $(OURS)

browser:
	@for name in $(BROWSERS); do command -v $$name >/dev/null && exit 0; done; \
	if apt-cache show chromium >/dev/null 2>&1 || [ ! -e /etc/lsb-release ]; then $(call apt_install,chromium); \
	else $(BIN)/playwright install --with-deps chromium; fi

# The Nu HTML checker is a Java program.
java:
	@command -v java >/dev/null || { $(call apt_install,default-jre-headless); }

# `soffice` may be there without its spreadsheets.
spreadsheets:
	@command -v localc >/dev/null || ls /usr/lib*/libreoffice/program/libsclo.so >/dev/null 2>&1 || \
	{ $(call apt_install,libreoffice-calc-nogui); }

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "Python 3.11 or newer is needed (make PYTHON=/path/to/python3)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { $(call apt_install,python3-venv); }
	@$(PYTHON) -m venv .venv

$(RUN_PACKAGES): requirements.txt | $(BIN)/pip
	@echo "Installing what the product runs on …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

$(TEST_PACKAGES): tests/requirements.txt $(RUN_PACKAGES)
	@echo "Installing what the tests need …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

$(NODE_PACKAGES): tests/browser/package-lock.json
	@command -v npm >/dev/null || { $(call apt_install,nodejs npm); }
	@cd tests/browser && npm ci --silent --ignore-scripts --no-audit --no-fund --no-update-notifier
	@touch $@
