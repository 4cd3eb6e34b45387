# The front door. The work is done by the scripts; nothing here is needed on a real vCenter (see README.md).
#
# LAB_OFFICIAL=1 takes pulumi, its language host and its plugins from the PATH instead of building the lab's own.

SHELL := /bin/sh
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := help
export LAB_OFFICIAL

typescript := node --import tsx

.PHONY: help setup packages demo test lab lab-down bench generate format lint clean

help: ## print this list
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | while IFS='|' read -r target text; do \
		printf '  make %-10s %s\n' "$$target" "$$text"; \
	done

setup: packages ## install the npm packages and build the lab: minutes the first time, then only what changed
	@$(typescript) scripts/lab.ts build

demo: setup ## show everything once, on a simulated vCenter
	@$(typescript) scripts/demo.ts

test: setup ## formatting, lint, types, then all tests; the last line counts them
	@$(typescript) scripts/test.ts

lab: setup ## start a simulated vCenter in the background; then ". .lab/env" gives pulumi and govc for it
	@$(typescript) scripts/lab.ts up

lab-down: packages ## stop it and remove its stacks
	@$(typescript) scripts/lab.ts down

bench: setup ## measure how long everything takes, beside the plain govc commands
	@$(typescript) scripts/bench.ts

generate: setup ## write the generated files anew: SDK, reference, JSON Schema, documents of the examples
	@$(typescript) scripts/generate.ts

format: packages ## format all sources
	@node_modules/.bin/prettier --log-level warn --write .
	@gofmt -w lab

lint: packages ## formatting, lint and types only
	@$(typescript) scripts/test.ts --only static

clean: lab-down ## stop the lab and remove everything that was installed, built or compiled
	rm -rf .lab .compiled .mutants .template-images sdks/vsphere/bin node_modules

# Not for users by itself: what every other target needs.
packages:
	@sh scripts/checkTools.sh
	@node scripts/installPackages.js
