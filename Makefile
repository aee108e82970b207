# Two commands do everything on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: demo test lint cuts mutants format shipped pictures addin installer lock benchmarks system

demo: $(READY)
	$(BIN)/factuurbode demo build/demo

# Three processes on two cores: one of them mostly waits for LibreOffice, a server or a killed run.
# COVERAGE="--cov --cov-report=term" also counts which lines were run, as .ci/run does.
test: $(READY)
	@scripts/system-packages --tests
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(COVERAGE) $(TESTS)

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The line to the mail server cut a thousand times, where the suite does so 440 times (and to Postfix an eighth of that).
cuts: $(READY)
	FACTUURBODE_CUTS=1000 $(BIN)/python -m pytest tests/e2e/test_cuts.py

# Faults put into the code, one at a time: does the suite notice? Takes an hour; FAULTS="-n 50 --rooms domain" less.
mutants: $(READY)
	$(BIN)/python scripts/mutants.py measure
	$(BIN)/python scripts/mutants.py try $(FAULTS)

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The workbooks, templates and reference pages that ship with the product; unchanged sources make identical files.
shipped: $(READY)
	$(BIN)/python templates/build_templates.py
	$(BIN)/python -m factuurbode.workbook.shipped workbooks
	$(BIN)/python -m factuurbode.render.field_docs docs
	$(BIN)/python docs/make_reference.py

# The pictures in docs/, made from a real run of the demo.
pictures: $(READY)
	$(BIN)/python docs/make_pictures.py
	$(BIN)/python docs/draw_tab.py
	$(BIN)/python docs/draw_import.py
	$(BIN)/python docs/draw_windows.py workbooks/demo.xlsx

# Excel's add-in, from its text sources; `factuurbode install` builds it into Excel itself.
addin: $(READY)
	$(BIN)/python -m factuurbode.install addin/factuurbode.xlam

# The set-up program for Windows. Needs NSIS (Debian: nsis), and fetches what goes in.
installer: $(READY)
	$(BIN)/python addin/installer/build.py dist/factuurbode-setup.exe

benchmarks: $(READY)
	$(BIN)/python benchmarks/end_to_end.py
	$(BIN)/python benchmarks/render.py
	$(BIN)/python benchmarks/workbook.py
	$(BIN)/python benchmarks/memory.py
	$(BIN)/python benchmarks/ribbon.py
	$(BIN)/python benchmarks/live.py
	$(BIN)/python benchmarks/mail.py
	$(BIN)/python benchmarks/importing.py
	$(BIN)/python benchmarks/splicing.py

# Needs uv; the lock files hold hashes and no addresses.
lock:
	uv lock --upgrade
	uv export --quiet --no-dev --no-emit-project --no-header --no-annotate --output-file requirements.lock
	uv export --quiet --all-groups --no-emit-project --no-header --no-annotate --output-file requirements-dev.lock

system:
	@scripts/system-packages

$(READY): requirements-dev.lock pyproject.toml | system
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "factuurbode needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv
	# the lock file is whole, so nothing is left for pip to choose: a newer release of something cannot get in its way
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	touch $(READY)
