# Ajar: the commands people type. Each target says what it does; `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
SEED ?= 1
WORLD ?=
CASE ?= case
PREFIX ?= /usr/local
SECONDS ?= 60
TARGET ?=

help: ## List the targets.
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  %-10s %s\n", $$1, $$2}' Makefile

setup: ## Install the Debian and data packages that are missing.
	@scripts/setup

build: setup ## Build the program with optimisation.
	@swift build -c release --product ajar
	@swift build -c release --product reader

demo: build ## Raise the practice country, investigate it, and show the result (SEED=, WORLD=, CASE=).
	@SEED='$(SEED)' WORLD='$(WORLD)' CASE='$(CASE)' scripts/demo

test: setup ## Install what is missing and run every test.
	@scripts/test

lint: ## Check style, names and arrows.
	@scripts/lint

coverage: setup ## Run the tests and print line coverage by target.
	@scripts/coverage

bench: build ## Time Ajar against its peers on the same work; ratios, not promises.
	@scripts/bench

fuzz: ## Fuzz every parser of strangers' bytes for a while (SECONDS=60, TARGET=).
	@SECONDS_EACH='$(SECONDS)' TARGET='$(TARGET)' scripts/fuzz

install: build ## Install to PREFIX, with completion scripts.
	@PREFIX='$(PREFIX)' scripts/install

.PHONY: help setup build demo test lint coverage bench fuzz install
