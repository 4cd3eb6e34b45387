import assert from "node:assert/strict";

import fc from "fast-check";

import { variablesFile } from "../../../template/hcl";
import type { VariableValue } from "../../../template/recipe";

/**
 * Reads what HCL reads of a line `name = value`: quoted strings with their escapes, of which `$${` and `%%{` are two,
 * numbers, true and false, and lists of strings. Fails on everything else, above all on a template.
 */
function readHcl(line: string): VariableValue {
  const [, value = ""] = /^\w+ = ([^\n]*)\n$/.exec(line) ?? [];
  if (value.startsWith("[")) {
    const inside = value.slice(1, -1);
    const strings = inside.match(/"(?:[^"\\]|\\.)*"/g) ?? [];
    assert.equal(strings.join(", "), inside, "a list of strings and nothing else");
    return strings.map(readString);
  }
  if (value.startsWith('"')) return readString(value);
  return value === "true" ? true : value === "false" ? false : Number(value);
}

function readString(quoted: string): string {
  const [, text] = /^"((?:[^"\\\n\r]|\\.)*)"$/.exec(quoted) ?? [];
  assert.ok(text !== undefined, `one string in quotes: ${quoted}`);
  let read = "";
  for (let rest = text; rest !== "";) {
    const [part = ""] = /^(?:\\u[0-9a-f]{4}|\\.|\$\$\{|%%\{|\$\{|%\{|.)/su.exec(rest) ?? [];
    assert.ok(part !== "${" && part !== "%{", `a template begins in ${quoted}`);
    rest = rest.slice(part.length);
    const escapes: Record<string, string> = {
      ...{ "\\n": "\n", "\\t": "\t", '\\"': '"', "\\\\": "\\" },
      ...{ "$${": "${", "%%{": "%{" },
    };
    if (part.startsWith("\\")) assert.ok(part in escapes, `HCL knows no ${part}`);
    read += escapes[part] ?? part;
  }
  return read;
}

describe("variables as HCL", () => {
  it("stand one in a line, with the values of each kind", () => {
    assert.equal(
      variablesFile({ text: "x", number: 1.5, flag: false, list: ["a", 'b"c'], empty: [] }),
      'text = "x"\nnumber = 1.5\nflag = false\nlist = ["a", "b\\"c"]\nempty = []\n',
    );
    assert.equal(variablesFile({}), "");
  });

  // What the real Packer reads of each was looked at with `packer console`.
  const strings: readonly (readonly [text: string, hcl: string])[] = [
    ['say "hello"', String.raw`"say \"hello\""`],
    ["C:\\ISO\\u.iso", String.raw`"C:\\ISO\\u.iso"`],
    ["${var.x}", '"$${var.x}"'],
    ["$${x}", '"$$${x}"'],
    ["%{ if x }", '"%%{ if x }"'],
    ["100 % {", '"100 % {"'],
    ["$ {", '"$ {"'],
    ["two\nlines\tand a tab", String.raw`"two\nlines\tand a tab"`],
    ["Größe 😀 \u2028", '"Größe 😀 \u2028"'],
    ["", '""'],
  ];
  for (const [text, hcl] of strings) {
    it(`write ${JSON.stringify(text)} so that it is read as it is`, () => {
      assert.equal(variablesFile({ x: text }), `x = ${hcl}\n`);
      assert.equal(readHcl(variablesFile({ x: text })), text);
    });
  }

  it("refuse control characters, which nobody means", () => {
    for (const text of ["\0", "a\u0007", "\r\n", "\u001B[1m", "\u007F", "\u0085"]) {
      for (const value of [text, ["a", text]]) {
        assert.throws(() => variablesFile({ x: value }), {
          name: "RangeError",
          message: "a control character cannot stand in a Packer variable",
        });
      }
    }
  });

  it("are read back as they were, whatever they are", () => {
    const awkward = fc.constantFrom("$", "%", "{", "}", '"', "\\", "\n", "\t", "$${", "%{");
    const printable = fc
      .oneof(
        fc.array(fc.oneof(awkward, fc.string({ unit: "grapheme-ascii", maxLength: 2 }))),
        fc.array(fc.string({ unit: "grapheme", maxLength: 3 })),
      )
      .map((parts) => parts.join(""))
      .filter((text) => !/[^\P{Cc}\n\t]/u.test(text));
    const value = fc.oneof(
      printable,
      fc.integer(),
      fc.boolean(),
      fc.array(printable, { maxLength: 3 }),
    );
    fc.assert(
      fc.property(value, (given) => {
        assert.deepEqual(readHcl(variablesFile({ x: given })), given);
      }),
      { numRuns: 300 },
    );
  });
});
