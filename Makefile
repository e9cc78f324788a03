# make run    start the portal here        make test   run every test
# make check  find mistakes                make help   the rest
PYTHON := .venv/bin/python
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help run test check format bench lock build backup reset install install-dev

help: ## Say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

run: install ## Start the portal with its database, workers and scheduler (PORT=8431 chooses the port)
	@exec $(PYTHON) -m portal.launcher

test: install-dev ## Run every test, on the cores given by WORKERS; T="tests/boards -k seal" runs some
	@$(PYTHON) -m pytest -n $(WORKERS) --dist loadgroup $(T)

check: install-dev ## Layout, mistakes, templates, migrations, built files, lock files
	@$(PYTHON) scripts/check.py

format: install-dev ## Lay out Python and templates
	@$(PYTHON) -m ruff check --fix-only --quiet . && $(PYTHON) -m ruff format --quiet .
	@$(PYTHON) -m djlint --reformat --quiet templates || true

bench: install-dev ## Measure what tests/benchmarks measure
	@$(PYTHON) scripts/bench.py $(T)

lock: ## Choose exact versions anew for requirements.txt and requirements-dev.txt (needs uv; U=--upgrade takes newer ones)
	@sh scripts/lock.sh $(U)

build: install ## Build styles and scripts from static/src (needs Node)
	@$(PYTHON) scripts/assets.py build

backup: install ## Save database and files in var/backups
	@$(PYTHON) -m portal.launcher.backup

reset: install ## Remove the data of this checkout: database, files, logs
	@$(PYTHON) -m portal.launcher.reset

install:
	@sh scripts/bootstrap.sh run

install-dev:
	@sh scripts/bootstrap.sh dev
