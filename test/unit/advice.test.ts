import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";

import { repositoryRoot } from "../../scripts/lab/folders";

/** What speaks to users. */
const folders = [
  ...["components", "configuration", "launch"],
  ...["findings", "template", "vcenter"],
];

/** Advice that can harm who shares the vCenter, in the form that messages have. */
const harmful: readonly RegExp[] = [
  /govc [\w.]*(remove|rm|detach|destroy|delete|rename|reset)/,
  /pulumi state delete/,
  // "..., or remove it": what somebody else may use. Things of vCenter, not keys of the configuration.
  /\b(remove|delete|detach|rename|unregister|destroy|power off)\b (the|this|that|one of the|its|existing)? ?(other |existing |two )?(role|tag|categor|permission|machine|virtual machine|template|network|datastore|datacenter|folder|cluster|host|object)/i,
  /\b(remove|delete|detach|rename|unregister|destroy|power off)\b this one\b/i,
  /\b(removing|deleting|detaching|renaming|destroying) (the|this|that|one of the) /i,
  /(: |, or |; )(rename or remove|remove|delete|detach|rename) (it|one|them)\b/i,
];

/** Words that say what would break, or that nothing does. */
const consequence =
  /\bwould (lose|lock out|break|be unknown)\b|\bcould do nothing\b|\bsurvives\b|\bnothing is lost\b/;

/** Whole texts of the sources: pieces that are joined count as one, what is put into a template as a blank. */
function textsOf(file: string): { readonly text: string; readonly line: number }[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, "utf8"),
    ts.ScriptTarget.Latest,
    true,
  );
  const found: { text: string; line: number }[] = [];
  const visit = (node: ts.Node): void => {
    const text = ts.isImportDeclaration(node) ? "" : joined(node);
    if (text === undefined) {
      ts.forEachChild(node, visit);
    } else {
      found.push({
        text,
        line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1,
      });
    }
  };
  visit(source);
  return found;
}

/** The text that an expression makes; undefined for one that makes none. */
function joined(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(({ literal }) => ` ${literal.text}`).join("");
  }
  if (ts.isParenthesizedExpression(node)) return joined(node.expression);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [joined(node.left), joined(node.right)];
    return left === undefined && right === undefined ? undefined : (left ?? " ") + (right ?? " ");
  }
  return undefined;
}

/** The texts that advise something harmful, by where they stand. */
function harmfulTexts(): { readonly place: string; readonly text: string }[] {
  return folders.flatMap((folder) =>
    readdirSync(join(repositoryRoot, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .flatMap((name) => {
        const file = join(repositoryRoot, folder, name);
        return textsOf(file)
          .filter(({ text }) => harmful.some((pattern) => pattern.test(text)))
          .map(({ text, line }) => ({ place: `${relative(repositoryRoot, file)}:${line}`, text }));
      }),
  );
}

/** What harms nobody: a key of the configuration left out, and what the program says of its own work. */
function isHarmless({ place, text }: { readonly place: string; readonly text: string }): boolean {
  const isAboutKeys = /\b(remove it|remove this key|remove one of the two)\b/.test(text);
  return (place.startsWith("configuration/") && isAboutKeys) || text === "removing the template";
}

describe("advice that can do harm", () => {
  const texts = harmfulTexts();

  it("is looked for where there is some", () => {
    const places = texts.map(({ place }) => place.replace(/:\d+$/, ""));
    for (const known of [
      "components/regionZoneTagging/tagAttachments/check.ts",
      "components/kubernetesRole/roleGuardProvider.ts",
    ]) {
      assert.ok(places.includes(known), places.join("\n"));
    }
  });

  it("is never given without what it would break", () => {
    const silent = texts.filter((found) => !consequence.test(found.text) && !isHarmless(found));
    assert.deepEqual(silent, []);
  });
});
