import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { configurationSchema } from "../../../configuration";
import { documentationOf, schemaKeys } from "../../../configuration/schema/walk";
import { presets } from "../../../configuration/privileges";
import { configurationReference, referenceFile } from "../../../scripts/generatedFiles";
import { allSettings } from "../../../configuration/settings";
import { anchorOf } from "../../../scripts/configurationReference/words";

describe("the reference of the configuration", () => {
  const keys = schemaKeys(configurationSchema);

  it("is current", () => {
    assert.equal(
      readFileSync(referenceFile, "utf8"),
      configurationReference(),
      "run npm run generate",
    );
  });

  it("lists the keys of every depth, each once", () => {
    const paths = keys.map(({ path }) => path);
    assert.equal(new Set(paths).size, paths.length);
    for (const path of [
      "regions[].zones[].datastores",
      "role.principals[].group",
      "role.granular.regions.<name>.distributedPortGroups",
      "clusterConfiguration.ingress.metallbBGP.sourceAddresses[].nodeName",
    ]) {
      assert.ok(paths.includes(path), path);
    }
  });

  for (const { path, schema } of keys) {
    it(`describes ${path}, with an example that the schema accepts`, () => {
      const { description = "", examples } = documentationOf(schema);
      assert.match(description, /^.{10,}\.$/s);
      assert.ok(examples.length > 0);
      for (const example of examples) {
        const result = (schema as typeof configurationSchema).safeParse(example);
        assert.ok(result.success, `${JSON.stringify(example)}: ${String(result.error)}`);
      }
    });
  }

  const text = configurationReference();
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => heading);
  const anchors = headings.map(anchorOf);

  it("has one place for every link, also for those of the other pages", () => {
    assert.equal(new Set(anchors).size, anchors.length);
    const links = [...text.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor = ""]) => anchor);
    assert.ok(links.length > keys.length / 4);
    const root = join(__dirname, "../../..");
    const pages = readdirSync(join(root, "docs"))
      .filter((name) => name.endsWith(".md"))
      .map((name) => join(root, "docs", name));
    const others = [...pages, join(root, "README.md")].flatMap((page) => [
      ...readFileSync(page, "utf8").matchAll(/configuration\.md#([a-z0-9-]+)/g),
    ]);
    assert.ok(others.length > 0);
    for (const anchor of [...links, ...others.map(([, anchor = ""]) => anchor)]) {
      assert.ok(anchors.includes(anchor), anchor);
    }
  });

  it("links every section from the table of contents", () => {
    const [, list = ""] = /^## Contents\n\n(.*?)\n\n/ms.exec(text) ?? [];
    const linked = new Set([...list.matchAll(/\(#([^)]*)\)/g)].map(([, anchor]) => anchor));
    const sections = [...text.matchAll(/^###? (.*)$/gm)].map(([, heading = ""]) => heading);
    for (const heading of sections.filter((title) => title !== "Contents")) {
      assert.ok(linked.has(anchorOf(heading)), heading);
    }
  });

  for (const { path, schema } of keys) {
    it(`says of ${path} whether it is required`, () => {
      const [, parent = "", name = ""] = /^(?:(.*?)(?:\[\]|\.<name>)*\.)?([^.]+)$/.exec(path) ?? [];
      const part = sectionOf(text, parent === "" ? path : parent);
      const required = documentationOf(schema).fallback.kind === "required";
      if (parent === "") {
        assert.equal(part.includes("\n**Required.** "), required);
        return;
      }
      const row = part.split("\n").find((line) => new RegExp(`^\\| \\[?\`${name}\``).test(line));
      assert.ok(row, `${path} is not in the table of ${parent}`);
      assert.equal(row.split(" | ")[2] === "**yes**", required, row);
    });
  }

  it("begins with a stack that is accepted, and names what is required in it", () => {
    const [, yaml = ""] = /^## A minimal stack\n.*?^```yaml\n(.*?)^```$/ms.exec(text) ?? [];
    const stack = parse(yaml) as { config: Record<string, unknown> };
    const own = Object.entries(stack.config).map(([key, value]) => [
      key.replace("deckhouse-vsphere:", ""),
      value,
    ]);
    assert.ok(configurationSchema.safeParse(Object.fromEntries(own)).success);
    const required = sectionOf(text, "What is required", "##");
    for (const part of [
      "| `vsphere:password` | **yes** |",
      "| [`regions`](#regions) | **yes** |",
      "| `clusterConfiguration.sshPublicKey` | for a cluster configuration |",
      "| `deckhouse-vsphere:nsxtPassword` | when `nsxt` is set |",
    ]) {
      assert.ok(required.includes(part), part);
    }
    for (const part of ["categories", "(#role)"]) assert.ok(!required.includes(part), part);
  });

  it("lists the secrets and the connection", () => {
    const part = sectionOf(text, "Connection and secrets", "##");
    for (const { key, variable } of allSettings) {
      const row = part.split("\n").find((line) => line.startsWith(`| \`${key}\` |`));
      assert.equal(row?.split(" | ")[4], variable === undefined ? "" : `\`${variable}\``, key);
    }
  });

  it("says what each preset is", () => {
    const [, part = ""] = text.split("#### `role.preset`\n");
    for (const name of Object.keys(presets)) {
      assert.match(part, new RegExp(`^- \`${name}\`: [A-Z].*\\.$`, "m"), name);
    }
  });
});

/** From a heading to the next of its level or of a higher one. */
function sectionOf(text: string, heading: string, level = "###"): string {
  const title = level === "##" ? heading : `\`${heading}\``;
  const [, part] = text.split(`\n${level} ${title}\n`);
  assert.ok(part !== undefined, `no section ${heading}`);
  return part.split(/^#{1,3} /m)[0] ?? "";
}
