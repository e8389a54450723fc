# Waymark's commands: `make` lists them. All paths are relative, so that the folder may have any
# name. PORT= chooses the port, PYTHON= the interpreter that .venv is made with.

.NOTPARALLEL:
.DEFAULT_GOAL := help

# The interpreter and what is installed for it; scripts of .venv would break when the folder moves.
python := .venv/bin/python
export PYTHON
port = $(or $(PORT),8000)
export PORT := $(port)
# Where `make messages` writes.
pot = locale/django.pot
# A site tried on this machine knows itself by the port that it is tried on.
here = SITE_URL="$${SITE_URL:-http://127.0.0.1:$$PORT}"

# What `manage.py check --deploy` judges: a site such as one that the public reaches.
public = DEBUG=0 SITE_URL=https://waymark.example ALLOWED_HOSTS=waymark.example \
	SECRET_KEY="$$($(python) -c 'import secrets; print(secrets.token_urlsafe(50))')" \
	DATABASE_URL=postgresql:///waymark EMAIL_URL=smtp://localhost:25

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile

run: install ## try Waymark on this machine, as visitors will see it
	@$(here) DEBUG=0 $(python) manage.py run

dev: install-dev ## the same for whoever changes it: DEBUG, and reload
	@$(here) DEBUG=1 $(python) manage.py dev

serve: install ## production's process, set up by the environment
	@exec $(python) manage.py serve

test: install-dev check-style ## every check and every test
	$(python) manage.py makemigrations --check --dry-run
	@echo "manage.py check --deploy, as a public site"
	@$(public) $(python) manage.py check --deploy --fail-level WARNING
	$(python) -m pytest -n auto --maxprocesses 4

lint: install-dev check-style ## the checks of code and templates alone

format: install-dev ## mend what the checks of style would find
	$(python) -m ruff check --fix .
	$(python) -m ruff format .
	$(python) -m djlint templates --reformat --quiet --extend-exclude templates/desk
	$(python) -m djlint templates/desk --reformat --quiet --profile django

messages: install-dev ## gather the texts to translate, in locale/django.pot
	@mkdir -p $(dir $(pot))
	$(python) -m babel.messages.frontend -q extract -F pyproject.toml -s -o $(pot) -k gettext_lazy -k gettext_noop -k ngettext_lazy:1,2 -k pgettext_lazy:1c,2 -k npgettext_lazy:1c,2,3 .

bench: install-dev ## the benchmarks (bench/), which print ratios
	@for file in bench/bench_*.py bench/quality.py; do \
		echo "$$file"; PYTHONPATH=. $(python) "$$file" || exit 1; \
	done

check-style:
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m djlint templates --check --lint --extend-exclude templates/desk
	$(python) -m djlint templates/desk --check --lint --profile django
	$(python) -c 'from importlinter.cli import lint_imports_command as lint; lint()'

install:
	@sh config/install.sh requirements.txt

install-dev:
	@sh config/install.sh requirements-dev.txt

.PHONY: help run dev serve test lint format messages bench check-style install install-dev
