import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { deckhouseVsphere } from "../../commands/main";
import { ConfigurationError, parseConfiguration } from "../../configuration";
import { preflightChecks } from "../../configuration/preflightChecks";
import { rulesByTopic } from "../../configuration/rules";
import { findingTexts, finding, mostOfAKind, onTopic } from "../../findings/finding";
import { pointed, pointerTo, topicOfCheck } from "../../findings/pointers";
import { anchorOf } from "../../scripts/configurationReference/words";
import { repositoryRoot } from "../../scripts/lab/folders";

const page = readFileSync(join(repositoryRoot, "docs/troubleshooting.md"), "utf8");
const rooms = ["commands", "components", "configuration", "findings", "preflight", "template"];

/** Where a topic stands in a call, by what is called. */
const places: Readonly<Record<string, number>> = {
  onTopic: 0,
  pointerTo: 0,
  pointed: 1,
  findingTexts: 1,
  ProviderError: 1,
};

/** Every topic that the sources write out. */
function writtenTopics(): string[] {
  return rooms.flatMap((room) =>
    readdirSync(join(repositoryRoot, room), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .flatMap((name) => topicsIn(join(repositoryRoot, room, name))),
  );
}

function topicsIn(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
  const found: string[] = [];
  const add = (node: ts.Node | undefined): void => {
    if (node === undefined) return;
    if (ts.isStringLiteral(node)) found.push(node.text);
    if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(add);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const called = ts.isIdentifier(node.expression) ? node.expression.text : "";
      const place = places[called];
      if (place !== undefined) add(node.arguments?.[place]);
    }
    const isTopic =
      (ts.isPropertyAssignment(node) ||
        ts.isPropertyDeclaration(node) ||
        ts.isVariableDeclaration(node)) &&
      ts.isIdentifier(node.name) &&
      node.name.text === "topic";
    if (isTopic) add(node.initializer);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Every topic that something prints. */
const printed = new Set([
  ...writtenTopics(),
  ...Object.keys(rulesByTopic),
  ...Object.keys(preflightChecks).map(topicOfCheck),
  ...(deckhouseVsphere.commands ?? []).map(({ name }) => `command-${name}`),
]);

describe("docs/troubleshooting.md", () => {
  const headings = [...page.matchAll(/^### (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading));

  it("has a heading for everything that a message points at, and no other", () => {
    assert.deepEqual([...headings].sort(), [...printed].sort());
  });

  it("has no heading twice", () => {
    assert.equal(new Set(headings).size, headings.length);
  });
});

describe("where to read on", () => {
  it("is the last part of a message", () => {
    assert.equal(
      pointed("a: wrong: mend it", "tags"),
      "a: wrong: mend it; see docs/troubleshooting.md#tags",
    );
    assert.equal(
      pointed("It was ended.", "tags"),
      "It was ended. See docs/troubleshooting.md#tags.",
    );
    assert.equal(pointed("a: wrong", undefined), "a: wrong");
  });

  it("is said once", () => {
    const once = pointed("a: wrong", "tags");
    assert.equal(pointed(once, "names"), once);
  });

  it("is said by the first finding of each topic", () => {
    const findings = onTopic("tags", [
      finding("a", 1, "wrong", "mend it"),
      finding("b", 2, "wrong", "mend it"),
    ]);
    const other = onTopic("names", [finding("c", 3, "wrong", "mend it")]);
    assert.deepEqual(findingTexts([...findings, ...other]), [
      `a: found 1: wrong: mend it; see ${pointerTo("tags")}`,
      "b: found 2: wrong: mend it",
      `c: found 3: wrong: mend it; see ${pointerTo("names")}`,
    ]);
  });

  it("is said once of thousands", () => {
    const many = Array.from({ length: 3_000 }, (_, index) =>
      finding(`a[${index}]`, 1, "wrong", "mend it"),
    );
    const texts = findingTexts(onTopic("tags", many));
    assert.equal(texts.length, mostOfAKind + 1);
    assert.deepEqual(
      texts.map((text) => text.includes("see docs/")),
      texts.map((_, index) => index === 0),
    );
  });

  it("is in the message about a configuration, by the group of the rule", () => {
    assert.throws(
      () => parseConfiguration({ regions: [] }),
      (error) =>
        error instanceof ConfigurationError &&
        error.message.includes("; see docs/troubleshooting.md#configuration-keys"),
    );
  });
});
