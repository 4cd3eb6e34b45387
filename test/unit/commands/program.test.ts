import assert from "node:assert/strict";
import { deckhouseVsphere } from "../../../commands/main";
import { defineCommand, runProgram, type CommandDefinition } from "../../../commands/program";
import { CommandFailure, messageOf, UserError } from "../../../commands/run";
import { thrownBy } from "../../support/thrownBy";
import { withoutPointers } from "../../support/pointers";

/** What the command was given, each time it ran. */
const given: unknown[] = [];

const copy = defineCommand({
  name: "copy",
  summary: "copy something",
  description: ["Copies something.", "With care."],
  options: {
    to: { value: "DIR", required: "the folder is missing", text: "where to" },
    asUser: { value: "NAME", text: "who does it, which is a story too long for a single line" },
    force: { text: "whatever is there" },
  },
  examples: [["npm run copy -- --to there", "copies it there"]],
  environment: [["WHO", "a person"]],
  exitCodes: [["7", "done"]],
  action: (options) => {
    given.push(options);
    return Promise.resolve(options.force === true ? 7 : undefined);
  },
});

const group = {
  name: "group",
  summary: "do more",
  description: [],
  examples: [],
  commands: [copy],
};
const program: CommandDefinition = { ...group, name: "tool", commands: [copy, group] };

async function ran(root: CommandDefinition, ...args: readonly string[]) {
  const texts = { out: "", error: "" };
  const exitCode = await runProgram(root, "1.2.3", args, {
    writeOut: (text) => (texts.out += text),
    writeErr: (text) => (texts.error += text),
  });
  return { exitCode, ...texts };
}

describe("a command line", () => {
  beforeEach(() => given.splice(0));

  it("gives a command its options, and its exit code to the process", async () => {
    const outcomes = [
      await ran(program, "copy", "--to", "there", "--as-user=me"),
      await ran(program, "group", "copy", "--to", "there", "--force"),
    ];
    assert.deepEqual(given, [
      { to: "there", asUser: "me" },
      { to: "there", force: true },
    ]);
    assert.deepEqual(outcomes, [
      { exitCode: 0, out: "", error: "" },
      { exitCode: 7, out: "", error: "" },
    ]);
  });

  for (const args of [[], ["--to", ""]]) {
    it(`is refused without what is required: ${args.join(" ")}`, async () => {
      const error = await thrownBy(ran(program, "copy", "--as-user", "me", ...args));
      assert.ok(error instanceof UserError);
      assert.equal(withoutPointers(error.message), "--to: found nothing: the folder is missing");
      assert.deepEqual(given, []);
    });
  }

  for (const [line, says, help] of [
    ["copi", "error: unknown command 'copi'\n(Did you mean copy?)", "--help"],
    ["group copi", "error: unknown command 'copi'\n(Did you mean copy?)", "group --help"],
    ["copy --froce", "error: unknown option '--froce'\n(Did you mean --force?)", "copy --help"],
    [
      "copy --to a b",
      "error: too many arguments for 'copy'. Expected 0 arguments but got 1.",
      "copy --help",
    ],
    ["group copy --to", "error: option '--to <DIR>' argument missing", "group copy --help"],
  ] as const) {
    it(`that is wrong is answered with what is right: ${line}`, async () => {
      assert.deepEqual(await ran(program, ...line.split(" ")), {
        exitCode: 1,
        out: "",
        error: `${says}\nRun "npm run deckhouse-vsphere -- ${help}" for help.\n`,
      });
      assert.deepEqual(given, []);
    });
  }

  it("that names no command is answered with those that there are", async () => {
    const { exitCode, error } = await ran(program);
    assert.equal(exitCode, 1);
    assert.match(error, /^Usage: tool <command> \[options\]\n/);
    assert.match(error, /^Commands:\n {2}copy {11}copy something\n {2}group {10}do more\n/m);
    assert.match(error, /^Exit codes:\n {2}0 {2}done\n {2}1 {2}failed/m);
  });

  it("may ask for the version, and for help", async () => {
    assert.deepEqual(await ran(program, "--version"), { exitCode: 0, out: "1.2.3\n", error: "" });
    const { exitCode, out } = await ran(program, "group", "copy", "-h");
    assert.equal(exitCode, 0);
    assert.equal(
      out,
      `Usage: tool group copy --to <DIR> [options]

Copies something.

With care.

Options:
  --to <DIR>        where to
  --as-user <NAME>  who does it, which is a story too long for a single line
  --force           whatever is there
  -h, --help        print this text

Examples:
  $ npm run copy -- --to there
      copies it there

Environment variables:
  WHO                             a person
  DECKHOUSE_VSPHERE_STACK_TRACES  set to 1 to see where a defect is

Exit codes:
  7  done
`,
    );
  });
});

/** All commands and groups, each with the words that lead to it. */
function all(
  root: CommandDefinition,
  words: readonly string[] = [],
): [string, CommandDefinition][] {
  const below = (root.commands ?? []).flatMap((each) => all(each, [...words, each.name]));
  return [[words.join(" "), root], ...below];
}

describe("the help of deckhouse-vsphere", () => {
  for (const [words, { options = {} }] of all(deckhouseVsphere)) {
    it(`fits into 80 columns and leaves nothing out: ${words}`, async () => {
      const path = words === "" ? [] : words.split(" ");
      const { out } = await ran(deckhouseVsphere, ...path, "--help");
      const wide = out.split("\n").filter((line) => line.length > 80);
      assert.deepEqual(wide, []);
      for (const name of Object.keys(options)) {
        const flag = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
        assert.ok(out.includes(`\n  --${flag} `), name);
      }
      for (const title of ["Options", "Examples", "Environment variables", "Exit codes"]) {
        assert.match(out, new RegExp(`^${title}:\n {2}\\S`, "m"));
      }
    });
  }

  it("lists every command that there is", () => {
    assert.deepEqual(
      all(deckhouseVsphere).map(([words]) => words),
      [
        "",
        "discover",
        "check",
        "adopt",
        "review",
        "leave",
        "render",
        "ci",
        "ci preview",
        "ci up",
        "ci drift",
      ],
    );
  });
});

describe("what a command says of its failure", () => {
  it("is the message alone, in which nothing is hidden", () => {
    for (const error of [new UserError("a\u202Eb"), new TypeError("a\u202Eb"), "a\u202Eb"]) {
      assert.equal(messageOf(error, {}), "a\\u202eb");
    }
  });

  it("has the stack trace too where that is asked for, except for a mistake of the user", () => {
    const environment = { DECKHOUSE_VSPHERE_STACK_TRACES: "1" };
    assert.match(messageOf(new TypeError("wrong"), environment), /^TypeError: wrong\n +at /);
    assert.equal(messageOf(new UserError("wrong"), environment), "wrong");
  });

  it("has all that a failed program wrote, and nothing that a terminal obeys", () => {
    const failure = new CommandFailure("npm ci", "failed (exit code 1)", "one\n\u001B[2Jtwo\n\n");
    assert.equal(messageOf(failure, {}), '"npm ci" failed (exit code 1)\none\n\\x1b[2Jtwo');
  });
});
