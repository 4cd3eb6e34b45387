import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CompletionItemKind, type CompletionItem } from "vscode-languageserver-protocol/node";
import { parse } from "yaml";
import { configurationSchema } from "../../../configuration";
import { allSettings } from "../../../configuration/settings";
import { exampleConfiguration } from "../../support/writtenExample";
import { documentationOf } from "../../../configuration/schema/walk";
import { schemaKeys } from "../../../configuration/schema/walk";
import { definitionOf, unwrapped, type Schema } from "../../../configuration/schema/walk";
import { knownPrivileges } from "../../../configuration/privileges";
import { stackFileSchema } from "../../../configuration/jsonSchema/stackFile";
import { assertValid, filled, head, namespace, textAt } from "../../support/editedStackFile";
import { cursor, editedText } from "../../support/editedText";
import { jsonValidator } from "../../support/jsonValidator";
import { YamlLanguageServer } from "../../support/yamlLanguageServer";

const keys = schemaKeys(configurationSchema);

/** The objects whose keys are listed: `""` for the whole, `regions[]`, `regions[].zones[]` and so on. */
const objects = [...new Set(keys.map(({ path }) => path.slice(0, lastKey(path).start)))];

/** What an entry of each list of objects is called. */
const entries: Readonly<Record<string, string>> = {
  regions: "region",
  "regions[].zones": "zone",
  "role.principals": "user or group",
  "role.grant": "vCenter object",
  "clusterConfiguration.networks": "network",
  "clusterConfiguration.nodeGroups": "node group",
  "clusterConfiguration.nodeGroups[].nodeTemplate.taints": "taint",
  "clusterConfiguration.ephemeralNodeGroups": "ephemeral node group",
  "clusterConfiguration.masterNodeGroup.instanceClass.mainNetworkIPAddresses": "static address",
  "clusterConfiguration.ingress.metallbBGP.sourceAddresses": "source address",
  "clusterConfiguration.additionalIngresses": "additional ingress",
  "clusterConfiguration.nsxt.loadBalancerClass": "load balancer class",
  "clusterConfiguration.extraDocuments": "document",
  "deckhouse.update.windows": "window",
};

describe("an editor with the JSON Schema of the stack configuration", () => {
  let server: YamlLanguageServer;
  before(async () => {
    server = await YamlLanguageServer.start();
  });
  after(() => server.stop());

  /** What is offered at a place, with the place. */
  async function offered(text: string): Promise<{ text: string; items: CompletionItem[] }> {
    const items = await server.complete(text);
    for (const item of items) {
      const shown = JSON.stringify(item);
      assert.ok(!shown.includes("[object Object]"), shown);
      assert.doesNotMatch(item.label, /^(- \(array item\) )?object|^\[|^\{/, shown);
    }
    return { text, items };
  }

  const faultOf = jsonValidator(stackFileSchema());
  const example = Object.fromEntries(
    Object.entries(exampleConfiguration).map(([key, value]) => [namespace + key, value]),
  );
  const topLevelKeys = [
    ...Object.keys(configurationSchema.shape).map((key) => namespace + key),
    ...allSettings.map(({ key }) => key),
  ];

  it("offers every key of the file, and nothing else", async () => {
    const { items } = await offered(`${head}  ${cursor}\n`);
    const labels = items.map(({ label }) => label);
    assert.deepEqual(labels.sort(), [...topLevelKeys, "required keys"].sort());
  });

  for (const key of topLevelKeys) {
    it(`completes ${key}`, async () => {
      // From the colon on the server answers nothing; by then an editor has what it offers.
      for (const typed of ["", key.slice(0, 5), key.slice(0, key.indexOf(":"))]) {
        const { text, items } = await offered(`${head}  ${typed}${cursor}\n`);
        const written = editedText(text, itemWith(items, key));
        assert.match(written.slice(head.length), new RegExp(`^  ${key}:( |\n    \\S)`));
        const { config } = parse(written) as { config: Record<string, unknown> };
        assert.deepEqual(Object.keys(config), [key]);
        const value = key.startsWith(namespace)
          ? filled(config[key], [key])
          : (config[key] ?? true);
        assert.equal(faultOf({ config: { ...example, [key]: value } }), undefined, written);
      }
    });
  }

  it("completes what is required to a configuration that is accepted", async () => {
    for (const [before, label] of [
      ["config:\n  ", "required keys"],
      ["", "stack file"],
      ["", "config"],
    ] as const) {
      const start = head.replace("config:\n", before);
      const { text, items } = await offered(`${start}${cursor}\n`);
      const { config } = parse(editedText(text, itemWith(items, label))) as { config: object };
      const values = Object.entries(config).map(([key, value]) => [key, filled(value, [key])]);
      const required = values.map(([key]) => key);
      assert.ok(required.includes("deckhouse-vsphere:regions"), label);
      const missing = { "deckhouse-vsphere:role": exampleConfiguration.role };
      const whole = { ...missing, ...(Object.fromEntries(values) as object) };
      assert.equal(faultOf({ config: whole }), undefined, label);
    }
  });

  for (const path of objects.filter((object) => object !== "")) {
    it(`completes the keys of ${path}`, async () => {
      const { text, items } = await offered(textAt(path));
      const listed = keys.filter((key) => key.path.slice(0, lastKey(key.path).start) === path);
      const labels = items.map(({ label }) => label);
      for (const { path: keyPath } of listed) {
        assert.ok(labels.includes(lastKey(keyPath).name), `${keyPath}: ${labels.join(", ")}`);
      }
      for (const item of items) {
        assertValid(editedText(text, item), path, item.label);
      }
    });
  }

  const lists = keys.filter(({ path }) => objects.includes(`${path}[]`));

  it("has a name for an entry of every list of objects", () => {
    assert.deepEqual(lists.map(({ path }) => path).sort(), Object.keys(entries).sort());
  });

  for (const { path } of lists) {
    it(`offers a ${entries[path]} in ${path}`, async () => {
      const list = await offered(textAt(path));
      const label = `new ${entries[path]}`;
      assert.deepEqual(
        list.items.map((item) => item.label),
        [label],
      );
      const written = editedText(list.text, itemWith(list.items, label));
      assertValid(written, `${path}[]`, label);
      const entry = await offered(textAt(`${path}[]`));
      const skeletons = entry.items.filter(({ kind }) => kind === CompletionItemKind.Class);
      const names = skeletons.map((item) => item.label);
      // The keys of a taint are all optional: there is no skeleton of required ones.
      assert.deepEqual(names, path.endsWith(".taints") ? [] : [entries[path]]);
    });
  }

  for (const { path, schema } of keys.filter(({ schema: candidate }) => enumOf(candidate))) {
    it(`describes each value of ${path}`, async () => {
      const values = enumOf(schema)!;
      const { start, name } = lastKey(path);
      const word = start === 0 ? namespace + name : name;
      const { items } = await offered(
        textAt(path.slice(0, start)).replace(cursor, `${word}: ${cursor}`),
      );
      for (const value of values) {
        const item = items.find(({ label }) => label.replaceAll('"', "") === value);
        assert.ok(item, `${value}: ${items.map(({ label }) => label).join(", ")}`);
        const text = textOf(item);
        assert.match(text, /^[A-Z].*\.$/, value);
        assert.notEqual(text, documentationOf(schema).description);
      }
    });
  }

  for (const key of ["privileges", "extraPrivileges"]) {
    it(`offers every known privilege in role.${key}`, async () => {
      for (const typed of ["", "Datastore.All"]) {
        const { text, items } = await offered(
          textAt("role").replace(cursor, `${key}:\n      - ${typed}${cursor}`),
        );
        const labels = items.map(({ label }) => label);
        assert.deepEqual(labels.sort(), [...knownPrivileges].sort());
        const written = editedText(text, itemWith(items, "Datastore.AllocateSpace"));
        const { config } = parse(written) as { config: unknown };
        assert.deepEqual(config, {
          "deckhouse-vsphere:role": { [key]: ["Datastore.AllocateSpace"] },
        });
      }
    });
  }

  for (const top of Object.keys(configurationSchema.shape)) {
    it(`shows what each key of ${top} means, and whether it is required`, async () => {
      const listed = keys.filter(({ path }) => firstKey(path) === top);
      for (const { path, schema } of listed) {
        const { start, name } = lastKey(path);
        const word = start === 0 ? namespace + name : name;
        const place = textAt(path.slice(0, start));
        const shown = await server.hover(place.replace(cursor, `${word}${cursor}: {}`));
        assert.ok(shown.startsWith(`#### ${word.replaceAll(/[*_]/g, String.raw`\$&`)}\n`), shown);
        const text = withoutMarks(shown);
        const { description = "" } = documentationOf(schema);
        assert.ok(text.includes(withoutMarks(description)), `${path}: ${shown}`);
        assert.ok(text.includes(needOf(schema)), `${path}: no "${needOf(schema)}" in ${shown}`);
      }
    });
  }

  it("shows what the keys of the connection mean, and where else they can be set", async () => {
    for (const { key, description, fallback, variable = "" } of allSettings) {
      const shown = await server.hover(`${head}  ${key}${cursor}: x\n`);
      for (const part of [description, fallback ?? "Required", variable]) {
        assert.ok(withoutMarks(shown).includes(withoutMarks(part)), `${key}: ${shown}`);
      }
    }
  });

  for (const name of ["minimal", "seed", "enterprise"]) {
    it(`finds nothing wrong with examples/${name}`, async () => {
      const file = join(__dirname, "../../../examples", name, `Pulumi.${name}.yaml`);
      assert.deepEqual(await server.faults(readFileSync(file, "utf8"), file), []);
    });
  }

  it("names what is wrong", async () => {
    const found = await server.faults(`${head}  deckhouse-vsphere:regoins: []\n`);
    assert.match(found.join("\n"), /Missing property "deckhouse-vsphere:regions"/);
    assert.match(found.join("\n"), /deckhouse-vsphere:regoins is not allowed/);
  });
});

function itemWith(items: readonly CompletionItem[], label: string): CompletionItem {
  const item = items.find((candidate) => candidate.label === label);
  assert.ok(item, `${label} is not among ${items.map((other) => other.label).join(", ")}`);
  return item;
}

/** What an editor shows beside an item of its list. */
function textOf({ documentation }: CompletionItem): string {
  return typeof documentation === "string" ? documentation : (documentation?.value ?? "");
}

/** The values of a key that takes one of a few, also when it takes something else too. */
function enumOf(schema: Schema): string[] | undefined {
  const definition = definitionOf(unwrapped(schema));
  if (definition.type === "union") {
    return definition.options.map(enumOf).find((values) => values !== undefined);
  }
  return definition.type === "enum" ? (Object.values(definition.entries) as string[]) : undefined;
}

/** What is to be said of a key that is left out. */
function needOf(schema: Schema): string {
  const { fallback } = documentationOf(schema);
  switch (fallback.kind) {
    case "required":
      return "Required.";
    case "value":
      return typeof fallback.value === "object"
        ? "Optional."
        : `Default: ${JSON.stringify(fallback.value)}.`;
    case "computed":
      return fallback.text === "none"
        ? "Optional."
        : withoutMarks(fallback.text.replace(/^none: /, "")).slice(1);
  }
}

function withoutMarks(markdown: string): string {
  return markdown.replaceAll("`", "");
}

function firstKey(path: string): string {
  return /^[^.[]+/.exec(path)?.[0] ?? "";
}

/** The last key of a path, and where in the path it begins, without the dot before it. */
function lastKey(path: string): { readonly start: number; readonly name: string } {
  const name = /[^.[\]]+$/.exec(path)?.[0] ?? "";
  return { start: Math.max(0, path.length - name.length - 1), name };
}
