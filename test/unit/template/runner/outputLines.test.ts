import assert from "node:assert/strict";

import fc from "fast-check";

import { OutputLines } from "../../../../template/runner/runLog";
import { Redaction } from "../../../../vcenter";

/** No piece of a line is longer than what is held and the chunk that came last. */
const longestPiece = 256 * 1024 + 64 * 1024;
const kibibytes64 = 64 * 1024;
const secret = 'p"ä&w0rd/+';

interface Cut {
  readonly pieces: readonly string[];
  /** The lines that the pieces make up. */
  readonly lines: readonly string[];
}

/** Cuts output that comes in chunks of these sizes, again and again. */
function cut(output: string | Buffer, ...sizes: readonly number[]): Cut {
  const bytes = Buffer.from(output);
  const redaction = new Redaction();
  redaction.add(secret);
  const pieces: string[] = [];
  const lines: string[] = [];
  let begun = "";
  const cutter = new OutputLines(redaction, (text, isWhole) => {
    pieces.push(text);
    begun += text;
    if (isWhole) lines.push(begun);
    if (isWhole) begun = "";
  });
  for (let start = 0, turn = 0; start < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? bytes.length;
    cutter.write(bytes.subarray(start, start + size));
    start += size;
  }
  cutter.end();
  assert.equal(begun, "", "the last piece of a line is marked as the last");
  return { pieces, lines };
}

describe("the output of a program", () => {
  const cases: readonly (readonly [output: string, lines: readonly string[]])[] = [
    ["one\ntwo\n\nfour", ["one", "two", "", "four"]],
    ["one\n", ["one"]],
    ["", []],
    // As on Windows, and as progress that returns to the start of its line.
    ["one\r\ntwo\r\n", ["one", "two"]],
    ["10 %\r20 %\r30 %\ndone", ["10 %", "20 %", "30 %", "done"]],
    ["Größe 😀\n", ["Größe 😀"]],
    [`before ${secret} after`, ["before *** after"]],
    [`${encodeURIComponent(secret)}\n${JSON.stringify(secret).slice(1, -1)}`, ["***", "***"]],
    [`a ${Buffer.from(secret).toString("base64")}\n${secret}`, ["a ***", "***"]],
  ];
  for (const [output, lines] of cases) {
    it(`is cut into lines without secrets, wherever two chunks meet: ${JSON.stringify(output)}`, () => {
      for (let size = 1; size <= Math.max(1, Buffer.byteLength(output)); size++) {
        assert.deepEqual(cut(output, size).lines, lines);
      }
    });
  }

  it("is held in bounded pieces: 10 MB without a line break", () => {
    const output = "abcdefgh".repeat(10 * 128 * 1024);
    const { pieces, lines } = cut(output, kibibytes64);
    assert.ok(pieces.length > 20);
    assert.ok(pieces.every(({ length }) => length <= longestPiece));
    assert.deepEqual([lines.length, lines[0] === output], [1, true]);
  });

  it("is never cut in the middle of a character", () => {
    for (const unit of ["😀", "a😀", "ab😀😀c😀"]) {
      const text = unit.repeat(200_000);
      for (const size of [kibibytes64, kibibytes64 - 1, 9973]) {
        const { pieces, lines } = cut(text, size);
        assert.ok(pieces.length > 1);
        for (const piece of pieces) assert.equal(Buffer.from(piece).toString(), piece);
        assert.deepEqual(lines, [text]);
      }
    }
  });

  it("keeps lines of 1 MB as they are, side by side", () => {
    const texts = ["a", "b", "c"].map((letter) => letter.repeat(1024 * 1024));
    assert.ok(
      cut(texts.join("\n"), kibibytes64).lines.every((line, index) => line === texts[index]),
    );
  });

  it("has no secret where two pieces of a long line meet in it", () => {
    // The first piece ends 4096 characters before the end of what has come, which is about here.
    for (const border of [5 * kibibytes64 - 4096, 5 * kibibytes64]) {
      for (let offset = -secret.length - 1; offset <= 1; offset++) {
        const [start, end] = ["x".repeat(border + offset), "y".repeat(2 * kibibytes64)];
        const { lines } = cut(`${start}${secret}${end}`, kibibytes64);
        assert.ok(lines[0] === `${start}***${end}`, `at ${border} ${offset}`);
      }
    }
  });

  it("has no secret, and loses nothing else, however it is chunked", () => {
    const filler = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom("", "a", "\n", "\r\n", "é", secret.slice(0, 4)) },
      {
        weight: 1,
        arbitrary: fc.integer({ min: 0, max: 300_000 }).map((count) => "z".repeat(count)),
      },
    );
    const output = fc
      .array(fc.oneof(filler, fc.constant(secret)), { maxLength: 8 })
      .map((parts) => parts.join(""));
    const sizes = fc.array(fc.constantFrom(1023, 4095, 4096, 4097, 65_536, 262_144, 262_145), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(output, sizes, (text, chunkSizes) => {
        const { pieces, lines } = cut(text, ...chunkSizes);
        for (const piece of [...pieces, ...lines]) assert.ok(!piece.includes(secret));
        const expected = text.replaceAll(secret, "***").replaceAll("\r\n", "\n");
        assert.equal(lines.join("\n"), expected.replace(/\n$/, ""));
      }),
      { numRuns: 60 },
    );
  });
});
