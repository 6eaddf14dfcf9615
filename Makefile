# SPDX-License-Identifier: MIT
# Each target does its own set-up. `make run` and `make test` are all that a newcomer needs.

BIN := .venv/bin
STAMP := .venv/.set-up
OFFSCREEN := QT_QPA_PLATFORM=offscreen

.DEFAULT_GOAL := help
.PHONY: help run test check faults lint format translations bench tour pictures dist lock clean

help: ## list these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile

$(STAMP): requirements.lock pyproject.toml packaging/set-up packaging/system-libraries
	@packaging/set-up
	@touch $@

run: $(STAMP) ## open the window on the sample corpus
	@packaging/run

test: $(STAMP) ## run all tests
	@$(OFFSCREEN) $(BIN)/python -m pytest -q $(ARGS)

faults: $(STAMP) ## try kills, power cuts, full disks, damage and crashes by the hundreds; a table of what was found
	@$(OFFSCREEN) $(BIN)/python -m pytest -q tests/faults --faults-long $(ARGS)

check: lint test ## what developers and CI run: format, lint, types, imports, translations, tests

lint: $(STAMP) ## all of check but the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python packaging/translations.py --check

format: $(STAMP) ## format the source and mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

translations: $(STAMP) ## bring the catalogues in step with the source, list what is missing, compile
	$(BIN)/python packaging/translations.py

bench: $(STAMP) ## measure speed and memory beside their floors
	$(OFFSCREEN) $(BIN)/python -m benchmarks $(ARGS)

tour: $(STAMP) ## drive the real window off screen; pictures in out/tour
	$(OFFSCREEN) $(BIN)/tawsim tour seeds --out out/tour

pictures: tour ## renew the pictures in docs from the tour
	packaging/pictures out/tour docs/images

dist: $(STAMP) ## build a program that needs no Python, and take the tour with it
	$(BIN)/pyinstaller --noconfirm --log-level WARN --distpath dist --workpath build/pyinstaller packaging/tawsim.spec
	$(BIN)/python packaging/try_program.py dist/tawsim

lock: $(STAMP) ## pin the newest versions that fit pyproject.toml (needs uv)
	packaging/lock

clean: ## remove the environment and everything built
	rm -rf .venv build dist out .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
