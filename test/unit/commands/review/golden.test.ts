import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { reviewOf } from "../../../../commands/review/changes";
import { readEvents } from "../../../../commands/review/events";
import { longestText } from "../../../../commands/review/fence";
import { jsonReview } from "../../../../commands/review/json";
import { markdownReview } from "../../../../commands/review/markdown";
import type { Review } from "../../../../commands/review/model";
import { terminalReview } from "../../../../commands/review/terminal";
import { verdictOf } from "../../../../commands/review/verdict";
import { previewEvents } from "../../../support/previewEvents";
import {
  nastyCase,
  reviewCases,
  sample,
  withDatastores,
  type ReviewCase,
} from "../../../support/reviewCases";

const folder = join(__dirname, "golden");

/** A new golden is written when this is set, for a person to read before it is committed. */
const writesGoldens = process.env["WRITE_GOLDENS"] === "1";

function reviewFor(
  { failed, ...preview }: ReviewCase,
  clean: (text: string) => string = (text) => text,
): Review {
  const outcome = { stack: "prod", succeeded: failed === undefined, output: failed ?? "" };
  return reviewOf(readEvents(previewEvents(preview), clean), outcome);
}

function markdownFor(one: ReviewCase): string {
  const review = reviewFor(one);
  return markdownReview(review, verdictOf(review));
}

describe("a review in Markdown", () => {
  for (const one of reviewCases) {
    it(`of ${one.name} is as in its file`, () => {
      const file = join(folder, `${one.name}.md`);
      const text = markdownFor(one);
      if (writesGoldens) {
        mkdirSync(folder, { recursive: true });
        writeFileSync(file, text);
      }
      assert.ok(existsSync(file), `${file} is missing: run this with WRITE_GOLDENS=1 and read it`);
      assert.equal(text, readFileSync(file, "utf8"));
    });
  }

  it("has a file for each case and for nothing else", () => {
    const names = reviewCases.map(({ name }) => `${name}.md`).sort();
    assert.deepEqual(readdirSync(folder).sort(), names);
    assert.ok(names.length >= 25);
  });
});

describe("the verdict", () => {
  const levels = Object.fromEntries(
    reviewCases.map((one) => [one.name, verdictOf(reviewFor(one)).level]),
  );

  it("is that nothing changes only when nothing does", () => {
    const names = Object.keys(levels).filter((name) => levels[name] === "nothing");
    assert.deepEqual(names, ["nothing"]);
  });

  it("is failed only for a preview that failed", () => {
    const names = Object.keys(levels).filter((name) => levels[name] === "failed");
    assert.deepEqual(names, ["failed-in-vcenter"]);
  });

  it("is safe for what takes nothing away and touches nothing that runs", () => {
    const names = Object.keys(levels).filter((name) => levels[name] === "safe");
    assert.deepEqual(names.sort(), [
      "account-that-reads",
      "category-description",
      "first-up",
      "kubernetes-version",
      "permission-added",
      "permission-propagates",
      "resource-of-another-program",
      "tag-description",
    ]);
  });

  it("takes what somebody else changed for no intent, and what is intended for no drift", () => {
    for (const one of reviewCases) {
      const { intent, drift } = reviewFor(one);
      const isDrift = one.name.startsWith("drift-");
      assert.equal(drift.length > 0, isDrift, one.name);
      if (isDrift && one.name !== "drift-and-change") {
        assert.deepEqual(intent, { lines: [], sentences: [], dangers: [] }, one.name);
      }
    }
  });
});

describe("a review", () => {
  it("is never longer than a comment can be, and says how much it leaves out", () => {
    const long = (text: string): Record<string, string> =>
      Object.fromEntries(
        Array.from({ length: 40 }, (_, file) => [`file-${file}.yaml`, `${text}\n`.repeat(400)]),
      );
    const text = markdownFor({
      name: "large",
      before: { ...withDatastores(4_000, "old"), documents: { "k8s-region-x1": long("old") } },
      after: { ...withDatastores(4_000, "new"), documents: { "k8s-region-x1": long("new") } },
      drift: {
        attachments: Array.from({ length: 4_000 }, (_, index) => `${"x".repeat(900)} ${index}`),
      },
      said: Array.from({ length: 4_000 }, (_, index) => `warning: ${"y".repeat(900)} ${index}`),
    });
    assert.ok(text.length <= longestText, String(text.length));
    assert.equal(longestText, 65_536);
    for (const expected of [
      /^### Look closely/,
      /zone `k8s-zone-x1-a` gains 4,000 datastores/,
      /\.\.\. and 3,980 more/,
      /characters left out/,
      /#### Deckhouse's documents/,
    ]) {
      assert.ok(expected.test(text), String(expected));
    }
    assert.equal(text.match(/<details>/g)?.length, text.match(/<\/details>/g)?.length);
  });

  it("compares documents with those of a state of version 0.1.0, which has them among its outputs", () => {
    const documents = { "k8s-region-x1": { "users.yaml": "a: 1\n" } };
    const one = {
      ...{ name: "old state", before: { ...sample, documents } },
      after: { ...sample, documents: { "k8s-region-x1": { "users.yaml": "a: 2\n" } } },
    };
    const old = previewEvents(one)
      .split("\n")
      .map((line) =>
        line
          .replace(
            `"old":{"inputs":{},"outputs":{"files":${JSON.stringify(documents)}}}`,
            '"old":null',
          )
          .replace(
            '"documentFiles":',
            `"documentsForRepository":${JSON.stringify(documents)},"x":`,
          ),
      )
      .join("\n");
    assert.doesNotMatch(old, /"old":\{"inputs":\{\},"outputs":\{"files"/);
    const outcome = { stack: "prod", succeeded: true, output: "" };
    const review = reviewOf(
      readEvents(old, (text) => text),
      outcome,
    );
    assert.deepEqual(review.documents, reviewFor(one).documents);
    assert.deepEqual(
      review.documents.map(({ file, added, removed }) => [file, added, removed]),
      [["users.yaml", 1, 1]],
    );
  });

  it("is the same in whatever order the engine worked", () => {
    for (const name of ["first-up", "permissions-move-to-root", "drift-tag-deleted"]) {
      const [one] = reviewCases.filter((each) => each.name === name);
      const log = previewEvents(one!);
      const [forth, back] = [log, log.split("\n").reverse().join("\n")].map((events) => {
        const outcome = { stack: "prod", succeeded: true, output: "" };
        const review = reviewOf(readEvents(events, String), outcome);
        return markdownReview(review, verdictOf(review));
      });
      assert.equal(forth, back);
    }
  });

  it("leaves out half a line at the end of the log, of an engine that was killed", () => {
    const log = previewEvents(reviewCases[0]!);
    assert.deepEqual(readEvents(`${log}{"diagnosticEv`, String), readEvents(log, String));
  });

  it("shows names as names, whatever they are", () => {
    const text = markdownFor(nastyCase);
    const outside = withoutCode(text);
    for (const markup of ["<script", "@", "evil", "**bold", "<b>", "javascript"]) {
      assert.ok(!outside.includes(markup), `${markup} in\n${outside}`);
    }
    assert.ok(!text.includes("\u202E"));
    const [, picture = ""] = /```mermaid\n([^]*?)\n```/.exec(text) ?? [];
    assert.match(picture, /n0\["region x#34;#93;#59; click n0/);
    assert.doesNotMatch(picture, /click n0 "/);
    for (const label of picture.matchAll(/\["(.*)"\]/g))
      assert.doesNotMatch(label[1]!, /["<>`[\]]/);
  });

  it("has no secret, also where it is a key or a part of a name", () => {
    const secret = "hunter2-of-nobody";
    const preview = {
      ...{ name: "secret", before: sample, said: [`warning: vCenter said ${secret}`, secret] },
      after: {
        ...withDatastores(2, secret),
        documents: { [`region ${secret}`]: { [`${secret}.yaml`]: `password: ${secret}\n` } },
        grants: [{ path: "/", principal: secret, roleName: secret, propagate: true }],
      },
    };
    const review = reviewFor(preview, (text) => text.replaceAll(secret, "***"));
    const verdict = verdictOf(review);
    for (const text of [
      markdownReview(review, verdict),
      jsonReview(review, verdict),
      terminalReview(review, verdict, false),
    ]) {
      assert.ok(!text.includes(secret), text);
      assert.ok(text.includes("***"));
    }
  });

  it("is the same for a terminal, within 120 columns, and in colour only when asked", () => {
    for (const one of reviewCases) {
      const review = reviewFor(one);
      const verdict = verdictOf(review);
      const plain = terminalReview(review, verdict, false);
      assert.ok(!plain.includes("\u001B"), one.name);
      assert.ok(plain.startsWith(`${verdict.heading}: stack prod\n`));
      for (const line of plain.split("\n")) {
        // What failed is in the words of whoever said it.
        if (one.failed === undefined) assert.ok(line.length <= 120, `${one.name}: ${line}`);
      }
      const coloured = terminalReview(review, verdict, true);
      assert.ok(coloured.includes("\u001B["), one.name);
      assert.equal(coloured.replaceAll(/\u001B\[\d+m/g, ""), plain, one.name);
    }
  });

  it("is all there in JSON", () => {
    const [one] = reviewCases.filter(({ name }) => name === "datastore-moves");
    const review = reviewFor(one!);
    const { verdict, stack, sentences, changes, dangers } = JSON.parse(
      jsonReview(review, verdictOf(review)),
    ) as Record<string, unknown>;
    assert.equal((verdict as { level: string }).level, "closely");
    assert.equal(stack, "prod");
    assert.deepEqual(sentences, [
      "zone k8s-zone-x1-a gains datastore /X1/datastore/x1_lun_3 (from k8s-zone-x1-b)",
    ]);
    assert.deepEqual(dangers, [
      {
        kind: "datastoreMoved",
        text: "datastore /X1/datastore/x1_lun_3 leaves zone k8s-zone-x1-b for k8s-zone-x1-a",
      },
      {
        kind: "tagsOfRunningCluster",
        text: "tags change in a vCenter that this stack has already prepared",
      },
    ]);
    assert.equal((changes as unknown[]).length, 5);
  });
});

/** What is outside of code of any kind: there alone something could be markup or a mention. */
function withoutCode(markdown: string): string {
  return markdown
    .replaceAll(/^(`{3,})\w*\n[^]*?\n\1$/gm, "")
    .replaceAll(/(?<!`)(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, "");
}
