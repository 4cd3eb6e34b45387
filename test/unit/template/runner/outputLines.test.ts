import assert from "node:assert/strict";

import fc from "fast-check";

import { OutputLines } from "../../../../template/runner/outputLines";
import { Redaction } from "../../../../vcenter";

/** No piece of a line is longer than what is held and the chunk that came last. */
const longestPiece = 256 * 1024 + 64 * 1024;

interface Cut {
  readonly pieces: { readonly text: string; readonly isWhole: boolean }[];
  /** The lines that the pieces make up. */
  readonly lines: string[];
}

function redaction(...secrets: string[]): Redaction {
  const made = new Redaction();
  for (const secret of secrets) made.add(secret);
  return made;
}

function cut(chunks: readonly Buffer[], secrets = redaction()): Cut {
  const pieces: Cut["pieces"] = [];
  const lines = new OutputLines(secrets, (text, isWhole) => pieces.push({ text, isWhole }));
  for (const chunk of chunks) lines.write(chunk);
  lines.end();
  const joined: string[] = [];
  let begun = "";
  for (const { text, isWhole } of pieces) {
    begun += text;
    if (isWhole) {
      joined.push(begun);
      begun = "";
    }
  }
  assert.equal(begun, "", "the last piece of a line is marked as the last");
  return { pieces, lines: joined };
}

/** Cuts bytes into chunks of these sizes, again and again. */
function chunked(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  for (let start = 0, turn = 0; start < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    chunks.push(bytes.subarray(start, start + size));
    start += size;
  }
  return chunks;
}

const linesOf = (text: string, secrets?: Redaction): string[] =>
  cut([Buffer.from(text)], secrets).lines;

describe("the output of a program", () => {
  it("is cut into lines, and the last needs no line break", () => {
    assert.deepEqual(linesOf("one\ntwo\n\nfour"), ["one", "two", "", "four"]);
    assert.deepEqual(linesOf("one\n"), ["one"]);
    assert.deepEqual(linesOf(""), []);
  });

  it("may end its lines as Windows does, or return to their start as progress does", () => {
    assert.deepEqual(linesOf("one\r\ntwo\r\n"), ["one", "two"]);
    assert.deepEqual(linesOf("10 %\r20 %\r30 %\ndone"), ["10 %", "20 %", "30 %", "done"]);
  });

  it("is the same when \\r\\n comes in two chunks", () => {
    assert.deepEqual(cut([Buffer.from("one\r"), Buffer.from("\ntwo")]).lines, ["one", "two"]);
    assert.deepEqual(cut([Buffer.from("one\r"), Buffer.from("two")]).lines, ["one", "two"]);
  });

  it("is read as UTF-8, also when a character comes in two chunks", () => {
    const bytes = Buffer.from("Größe 😀\n");
    for (let size = 1; size < bytes.length; size++) {
      assert.deepEqual(cut(chunked(bytes, [size])).lines, ["Größe 😀"]);
    }
  });

  it("is held in bounded pieces: 10 MB without a line break", () => {
    const bytes = Buffer.alloc(10 * 1024 * 1024, "abcdefgh");
    const { pieces, lines } = cut(chunked(bytes, [64 * 1024]));
    assert.ok(pieces.length > 20);
    assert.ok(pieces.every(({ text }) => text.length <= longestPiece));
    assert.equal(lines.length, 1);
    assert.equal(lines[0], bytes.toString());
  });

  it("is never cut in the middle of a character", () => {
    for (const unit of ["😀", "a😀", "ab😀😀c😀"]) {
      const text = unit.repeat(200_000);
      for (const size of [64 * 1024, 64 * 1024 - 1, 9973]) {
        const { pieces, lines } = cut(chunked(Buffer.from(text), [size]));
        assert.ok(pieces.length > 1);
        for (const piece of pieces) assert.equal(Buffer.from(piece.text).toString(), piece.text);
        assert.deepEqual(lines, [text]);
      }
    }
  });

  it("keeps lines of 1 MB as they are, one beside the other", () => {
    const texts = ["a", "b", "c"].map((letter) => letter.repeat(1024 * 1024));
    const { lines } = cut(chunked(Buffer.from(texts.join("\n")), [64 * 1024]));
    assert.deepEqual(
      lines.map((line) => [line.length, line[0], line.at(-1)]),
      texts.map((text) => [text.length, text[0], text[0]]),
    );
  });
});

describe("a secret in the output of a program", () => {
  const secret = 'p"ä&w0rd/+';

  it("is taken out in every form", () => {
    const forms = [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString("base64"),
      JSON.stringify(secret).slice(1, -1),
    ];
    for (const form of forms) {
      assert.deepEqual(linesOf(`a ${form} b\n${form}`, redaction(secret)), ["a *** b", "***"]);
    }
  });

  it("is taken out wherever two chunks meet in it", () => {
    const bytes = Buffer.from(`before ${secret} after`);
    for (let size = 1; size < bytes.length; size++) {
      assert.deepEqual(cut(chunked(bytes, [size]), redaction(secret)).lines, ["before *** after"]);
    }
  });

  it("is taken out wherever two pieces of a long line meet in it", () => {
    // The first piece ends 4096 characters before the end of what has come, which is about here.
    const chunk = 64 * 1024;
    for (const border of [5 * chunk - 4096, 5 * chunk]) {
      for (let offset = -secret.length - 1; offset <= 1; offset++) {
        const start = "x".repeat(border + offset);
        const text = `${start}${secret}${"y".repeat(2 * chunk)}`;
        const [line = ""] = cut(chunked(Buffer.from(text), [chunk]), redaction(secret)).lines;
        assert.equal(line.length, text.length - secret.length + 3);
        assert.ok(line.includes("x***y"));
      }
    }
  });

  it("never gets through, however the output is chunked", () => {
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
        const { pieces, lines } = cut(chunked(Buffer.from(text), chunkSizes), redaction(secret));
        for (const piece of pieces) assert.ok(!piece.text.includes(secret));
        for (const line of lines) assert.ok(!line.includes(secret), "nor in two pieces");
        const whole = lines.join("\n");
        const expected = text.replaceAll(secret, "***").replaceAll("\r\n", "\n");
        assert.equal(whole, expected.replace(/\n$/, ""), "and nothing else is lost");
      }),
      { numRuns: 60 },
    );
  });
});
