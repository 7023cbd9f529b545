# Each target prepares what it needs by itself (packaging/setup.sh); `make demo` and `make test` are the two to know.
.PHONY: demo test app setup check texts screenshots bench faults check-office lock
PYTHON = .venv/bin/python

demo test app setup:
	@packaging/setup.sh $@

# What every change must pass.
check: setup
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	$(PYTHON) packaging/texts.py --check
	@packaging/setup.sh test

# Brings the French catalogue up to date with the code.
texts: setup
	$(PYTHON) packaging/texts.py

# Pictures of every page: light, dark, French, English, 1366x768 and twice the size.
screenshots: setup
	$(PYTHON) packaging/screenshots.py screenshots

# Times and memory, each file in a process of its own: what another one left in memory must not count.
bench: setup
	@missed=; for file in tests/bench/test_*.py; do $(PYTHON) -m pytest -q --bench -s $$file || missed="$$missed $$file"; done; \
	if [ -n "$$missed" ]; then echo "An aim was missed in:$$missed"; exit 1; fi

# Kills, full disks and damaged files, all of them.
faults: setup
	$(PYTHON) -m pytest --fault tests/faults tests/store

# Checks that need LibreOffice.
check-office: setup
	$(PYTHON) -m pytest --office -m office

# Exact versions with hashes, for every platform and every extra; needs uv.
lock:
	uv pip compile --universal --python-version 3.11 --all-extras --generate-hashes --no-annotate --no-header \
		--no-emit-index-url --no-emit-find-links --upgrade --output-file packaging/requirements.lock pyproject.toml
