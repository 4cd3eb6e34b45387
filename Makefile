# The front door. The scripts do the work; none of this is needed for a real vCenter (see README.md).
#
# LAB_OFFICIAL=1 uses pulumi, its language host, its plugins and packer from the PATH instead of building them.

SHELL := /bin/sh
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := help
export LAB_OFFICIAL

typescript := node --import tsx

.PHONY: help setup packages demo test lab lab-down bench generate format lint clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | while IFS='|' read -r target text; do \
		printf '  make %-10s %s\n' "$$target" "$$text"; \
	done

setup: packages ## install the npm packages and build the lab: minutes the first time, later only what has changed
	@$(typescript) scripts/lab.ts build

demo: packages ## show everything once, on a simulated vCenter; builds what the machine does not have
	@official=$$($(typescript) scripts/demo/tools.ts) && export LAB_OFFICIAL="$$official" && \
		$(typescript) scripts/lab.ts build && $(typescript) scripts/demo.ts

test: setup ## check formatting, lint and types, then run all tests; the last line counts them
	@$(typescript) scripts/test.ts

lab: setup ## start a simulated vCenter in the background; ". .lab/env" then points pulumi and govc at it
	@$(typescript) scripts/lab.ts up

lab-down: packages ## stop it and remove its stacks
	@$(typescript) scripts/lab.ts down

bench: setup ## measure how long everything takes, compared with plain govc commands
	@$(typescript) scripts/bench.ts

generate: setup ## regenerate the SDK, the reference, the JSON Schema and the documents of the examples
	@$(typescript) scripts/generate.ts --sdk

format: packages ## format all sources
	@node_modules/.bin/prettier --log-level warn --write .
	@gofmt -w lab

lint: packages ## check formatting, lint and types only
	@$(typescript) scripts/test.ts --only static

clean: lab-down ## stop the lab and remove everything that was installed, built or compiled
	rm -rf .lab .compiled .mutants .template-images sdks/vsphere/bin node_modules

# Not meant to be run directly: the other targets need it.
packages:
	@sh scripts/checkTools.sh
	@node scripts/installPackages.js
