# SPDX-License-Identifier: MPL-2.0
# One makefile for everything; `make help` prints the targets.

BUILD     ?= build
ifeq ($(origin CC),default)
CC        := gcc
endif
FLOORS    ?= base money key exchange store ledger agreement report
SANITIZE  ?=
WARNINGS  := -Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
             -Wformat=2 -Wvla -Wundef
OPTIMIZE  ?= -O2 -g
CFLAGS    += -std=c11 -D_GNU_SOURCE $(OPTIMIZE) $(WARNINGS) $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer)
CPPFLAGS  += -Iinclude -Itests/support -isystem /usr/include/libxml2 -MMD -MP
LDFLAGS   += $(if $(SANITIZE),-fsanitize=$(SANITIZE))
LDLIBS    := -lsqlite3 -lgmp -lyaml -lsodium -lmd4c -lxlsxwriter -lfontconfig -lhyphen -lxml2 -lzip -lz -lm

LIB       := $(BUILD)/libtilslut.a
BINARY    := $(BUILD)/tilslut
SOURCES   := $(foreach floor,$(FLOORS),$(wildcard src/$(floor)/*.c))
CLI       := $(wildcard src/cli/*.c)
EMBEDDED  := $(wildcard schemas/*.sql reports/*.??.md reports/*.sql reports/audit/*)
# where words are divided, from the packages hyphen-da and hyphen-en-gb
PATTERNS  := /usr/share/hyphen/hyph_da_DK.dic /usr/share/hyphen/hyph_en_GB.dic
OBJECTS   := $(SOURCES:%.c=$(BUILD)/%.o)
CLI_OBJECTS := $(CLI:%.c=$(BUILD)/%.o)
SUPPORT   := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/support/*.c))
UNIT      := $(foreach floor,$(FLOORS) cli,$(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/$(floor)/*_test.c)))
PACKAGES  := build/.packages-build
TEST_PACKAGES := build/.packages-test

# V=1 shows the commands
Q := $(if $(V),,@)
SAY = $(if $(V),@:,@echo)

.PHONY: all help clean demo test tests unit
.SECONDARY:

all: $(BINARY) ## build the program and the library

help: ## print the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

$(PACKAGES) $(TEST_PACKAGES): build/.packages-%: tools/packages.sh
	@mkdir -p $(@D)
	@tools/packages.sh $*
	@touch $@

$(BUILD)/%.o: %.c | $(PACKAGES)
	@mkdir -p $(@D)
	$(SAY) "  cc $<"
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -c $< -o $@

# what the program carries inside: schemas, templates and hyphenation patterns, as C arrays
$(BUILD)/embedded.c: tools/embed.sh tools/packages.sh $(EMBEDDED) | $(PACKAGES)
	@mkdir -p $(@D)
	$(Q)tools/embed.sh $(EMBEDDED) $(PATTERNS) > $@.tmp && mv $@.tmp $@

$(BUILD)/embedded.o: $(BUILD)/embedded.c
	$(SAY) "  cc $<"
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -c $< -o $@

$(LIB): $(OBJECTS) $(BUILD)/embedded.o
	$(Q)rm -f $@
	$(Q)$(AR) rcs $@ $^

$(BINARY): $(CLI_OBJECTS) $(LIB)
	$(SAY) "  link $@"
	$(Q)$(CC) $(LDFLAGS) $^ $(LDLIBS) -o $@

# an archive, so that a test links only the support it uses
$(BUILD)/libsupport.a: $(SUPPORT)
	$(Q)rm -f $@
	$(Q)$(AR) rcs $@ $^

$(BUILD)/tests/unit/%_test: $(BUILD)/tests/unit/%_test.o $(BUILD)/libsupport.a $(LIB) | $(TEST_PACKAGES)
	$(SAY) "  link $@"
	$(Q)$(CC) $(LDFLAGS) $^ $(LDLIBS) -lcmocka -o $@

demo: $(BINARY) ## run the main job on real figures, in the folder demo/
	@tools/demo.sh $(BINARY) demo

test: | $(TEST_PACKAGES) ## run every test: two compilers, sanitizers, valgrind, golden runs, faults
	@tests/run.sh

unit: $(UNIT) ## run the unit tests
	@for test in $(UNIT); do echo "== $$test"; $$test || exit 1; done

.PHONY: golden
golden: $(BINARY) | $(TEST_PACKAGES) ## run the program against its golden cases
	@tests/golden/run.sh $(BINARY)

clean: ## remove what was built
	rm -rf build demo

# fuzz targets over their corpus and mutations of it (tests/fuzz/README.md); most telling with SANITIZE=address,undefined
MUTATIONS ?= 3000
REPLAY    := $(patsubst %_fuzz.c,$(BUILD)/%_replay,$(wildcard tests/fuzz/*_fuzz.c))

TEST_EXTRAS += $(REPLAY)

$(BUILD)/tests/fuzz/%_replay: $(BUILD)/tests/fuzz/%_fuzz.o $(BUILD)/tests/fuzz/replay.o $(BUILD)/libsupport.a $(LIB) | $(TEST_PACKAGES)
	$(SAY) "  link $@"
	$(Q)$(CC) $(LDFLAGS) $^ $(LDLIBS) -lcmocka -o $@

$(BUILD)/tests/fuzz/%_fuzz: $(BUILD)/tests/fuzz/%_fuzz.o $(LIB)
	$(SAY) "  link $@"
	$(Q)$(CC) $(LDFLAGS) -fsanitize=fuzzer $^ $(LDLIBS) -o $@

.PHONY: replay
replay: $(REPLAY) ## run the fuzz corpus and mutations of it
	@export ASAN_OPTIONS=abort_on_error=1 UBSAN_OPTIONS=abort_on_error=1:print_stacktrace=1; \
	for target in $(REPLAY); do $$target tests/fuzz/corpus/$$(basename $$target _replay) $(MUTATIONS) || exit 1; done

# benchmarks, and what makes calls fail (tests/fault/README.md)
BENCH     := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/bench/*_bench.c))
# how much of the large community is built: 1 is 10 million postings
SCALE     ?= 0.02

$(BUILD)/tests/bench/%_bench: $(BUILD)/tests/bench/%_bench.o $(LIB) | $(TEST_PACKAGES)
	$(SAY) "  link $@"
	$(Q)$(CC) $(LDFLAGS) $^ $(LDLIBS) -o $@

.PHONY: bench
bench: $(BINARY) $(BENCH) ## measure: commands, documents against LibreOffice, allocation, posting against bare SQLite (never passes or fails)
	@rm -rf $(BUILD)/bench && mkdir -p $(BUILD)/bench
	@echo "the commands, for 98 members"; $(BUILD)/tests/bench/commands_bench $(BINARY) $(BUILD)/bench
	@echo; echo "printed documents"; $(BUILD)/tests/bench/documents_bench $(BUILD)/bench
	@echo; echo "e-invoices"; $(BUILD)/tests/bench/einvoice_bench
	@echo; echo "statements"; $(BUILD)/tests/bench/statements_bench $(BUILD)/bench
	@echo; echo "the ledger, $(SCALE) of a community ten times OS2's size for ten years"; $(BUILD)/tests/bench/ledger_bench $(BUILD)/bench $(SCALE)
	@$(BUILD)/tests/bench/questions_bench $(BINARY) $(BUILD)/bench
	@echo; echo "allocation"; $(BUILD)/tests/bench/alloc_bench

# the library that lets calls go wrong; the program it is preloaded to is built without sanitizers
TEST_EXTRAS += $(BUILD)/tests/fault/faults.so

$(BUILD)/tests/fault/faults.so: tests/fault/faults.c | $(PACKAGES)
	@mkdir -p $(@D)
	$(SAY) "  cc $<"
	$(Q)$(CC) $(filter-out -fsanitize% -fno-sanitize%,$(CFLAGS)) -fPIC -shared $< -o $@

# last, since a rule's prerequisites are expanded where it stands
tests: $(UNIT) $(TEST_EXTRAS) # build what the tests need

-include $(shell find $(BUILD) -name '*.d' -type f 2>/dev/null)
