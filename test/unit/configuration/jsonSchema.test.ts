import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { allSettings } from "../../../configuration/settings";
import { exampleConfiguration } from "../../support/writtenExample";
import {
  datastoresSchemaFile,
  jsonSchemaFile,
  jsonSchemaTexts,
} from "../../../scripts/generatedFiles";
import {
  customChecks,
  datastoresFileSchema,
  valueSchema,
} from "../../../configuration/jsonSchema/values";
import { mapSchema, type JsonSchema } from "../../../configuration/jsonSchema/jsonSchema";
import { stackFileSchema } from "../../../configuration/jsonSchema/stackFile";
import { secondsIn } from "../../../template/request";
import { jsonValidator } from "../../support/jsonValidator";

const root = join(__dirname, "..", "..", "..");
const example = Object.fromEntries(
  Object.entries(exampleConfiguration).map(([key, value]) => [`deckhouse-vsphere:${key}`, value]),
);

/** The files of stacks in a folder and all folders below it. */
function stackFiles(folder: string, recursive: boolean): string[] {
  return existsSync(folder)
    ? readdirSync(folder, { recursive, encoding: "utf8" })
        .filter((name) => /(^|\/)Pulumi\.[^/]+\.yaml$/.test(name))
        .map((name) => join(folder, name))
    : [];
}

describe("the JSON Schema of the stack configuration", () => {
  const whole = stackFileSchema();
  const faultOf = jsonValidator(whole);
  const faultWith = (changes: object): string | undefined =>
    faultOf({ config: { ...example, ...changes } });
  const config = (whole.properties as Record<string, JsonSchema>)["config"]!;
  const keys = config.properties as Record<string, JsonSchema>;

  it("is current, as is that of a file with datastores", async () => {
    const texts = await jsonSchemaTexts();
    assert.deepEqual([...texts.keys()], [jsonSchemaFile, datastoresSchemaFile]);
    for (const [file, text] of texts) {
      const hint = "run npm run generate";
      assert.equal(readFileSync(file, "utf8"), text, hint);
    }
  });

  it("takes in a file with datastores what it takes in the stack's file", () => {
    const faultOfList = jsonValidator(datastoresFileSchema());
    assert.equal(faultOfList(["x1_lun_1", "/X1/datastore/x1_lun_2"]), undefined);
    for (const wrong of [[], ["a", 1], [" a"], "a", null, { datastores: ["a"] }]) {
      assert.notEqual(faultOfList(wrong), undefined, JSON.stringify(wrong));
    }
  });

  const examples = stackFiles(join(root, "examples"), true);
  for (const file of [...stackFiles(root, false), ...examples]) {
    it(`accepts ${relative(root, file)}`, () => {
      assert.equal(faultOf(parse(readFileSync(file, "utf8"))), undefined);
    });
  }

  for (const file of examples) {
    it(`is what ${relative(root, file)} names for editors`, () => {
      const [, named] =
        /^# yaml-language-server: \$schema=(\S+)\n/.exec(readFileSync(file, "utf8")) ?? [];
      assert.equal(named && resolve(dirname(file), named), jsonSchemaFile);
    });
  }

  it("is what the settings of the repository name for editors", () => {
    const settings = JSON.parse(readFileSync(join(root, ".vscode", "settings.json"), "utf8")) as {
      "yaml.schemas": Record<string, string>;
    };
    const named = Object.entries(settings["yaml.schemas"]);
    assert.deepEqual(
      named.map(([file, pattern]) => [resolve(root, file), pattern]),
      [[jsonSchemaFile, "Pulumi.*.yaml"]],
    );
  });

  it("accepts what Pulumi itself writes into the file", () => {
    const engines = {
      encryptionsalt: "v1:x",
      secretsprovider: "passphrase",
      encryptedkey: "x",
      environment: ["prod/vsphere"],
    };
    assert.equal(faultOf({ config: example, ...engines }), undefined);
    assert.equal(faultWith({ "deckhouse-vsphere:protect": "true" }), undefined);
    const secret = { secure: "v1:uVVlDGp6F9rg:kXw8" };
    for (const { key } of allSettings) {
      assert.equal(faultWith({ [key]: secret }), undefined, key);
    }
  });

  it("accepts an encrypted object, and one that is written as JSON text, as they are", () => {
    assert.equal(faultWith({ "deckhouse-vsphere:regions": { secure: "v1:x" } }), undefined);
    assert.equal(faultWith({ "deckhouse-vsphere:regions": '[{"name": "x"}]' }), undefined);
    assert.match(faultWith({ "deckhouse-vsphere:regions": "x1" }) ?? "", /must be array/);
  });

  for (const { key } of allSettings.filter(({ secret }) => secret)) {
    it(`refuses ${key} in the clear`, () => {
      assert.match(faultWith({ [key]: "hunter2" }) ?? "", /must be object/);
    });
  }

  const wrongFiles: Readonly<Record<string, readonly [object, RegExp]>> = {
    "without the regions": [{ config: {} }, /required property 'deckhouse-vsphere:regions'/],
    "without a configuration": [{ encryptionsalt: "v1:x" }, /required property 'config'/],
    "with a misspelt key": [
      { config: { ...example, "deckhouse-vsphere:regoins": [] } },
      /must NOT have additional properties/,
    ],
    "with a key of no namespace": [
      { config: { ...example, regions: [] } },
      /must NOT have additional properties/,
    ],
    "with a misspelt key of Pulumi's": [
      { config: example, encryptionSalt: "v1:x" },
      /must NOT have additional properties/,
    ],
  };
  for (const [title, [file, fault]] of Object.entries(wrongFiles)) {
    it(`refuses a file ${title}`, () => {
      assert.match(faultOf(file) ?? "", fault);
    });
  }

  it("describes every key of the file, and marks up only for editors that can show it", () => {
    for (const [key, { description = "", markdownDescription = "`" }] of Object.entries(keys)) {
      assert.match(description, /^[^`]{10,}\.$/s, key);
      assert.match(String(markdownDescription), /`/, key);
    }
  });

  it("says what holds for a key that is left out, in words and as the value", () => {
    const { description, ...schema } = keys["deckhouse-vsphere:protect"]!;
    assert.match(description ?? "", /\n\nDefault: false\.$/);
    assert.equal(schema.default, false);
    assert.ok(!JSON.stringify(whole).includes("computedDefault"));
  });

  it("gives the message of the program for a text that does not match", () => {
    const wrong = "is not an IPv4 address: write four numbers from 0 to 255";
    assert.ok(JSON.stringify(whole).includes(`"patternErrorMessage":"${wrong}"`));
  });

  it("writes an object once that stands in several places", () => {
    const uses = new Map<string, number>();
    mapSchema(whole, (schema) => {
      if (schema.$ref !== undefined) {
        uses.set(schema.$ref, (uses.get(schema.$ref) ?? 0) + 1);
      }
      return schema;
    });
    const names = Object.keys(whole.definitions ?? {});
    assert.deepEqual([...uses.keys()].sort(), names.map((name) => `#/definitions/${name}`).sort());
    assert.ok([...uses.values()].every((count) => count > 1));
    assert.ok(names.includes("instanceClass"));
  });

  it("takes every length of time up to a day, and no longer one", () => {
    const day = new RegExp(customChecks["is too long: write at most 24h"]!.pattern!, "u");
    for (const unit of ["s", "m", "h"]) {
      for (let count = 1; count < 100_000; count += 1) {
        const text = `${count}${unit}`;
        assert.equal(day.test(text), secondsIn(text) <= secondsIn("24h"), text);
      }
    }
  });
});

describe("the translation of a zod schema into JSON Schema", () => {
  const cases: Readonly<Record<string, readonly [z.ZodType, RegExp]>> = {
    "a function that checks text": [z.string().refine(Boolean, "is odd"), /"is odd" is a function/],
    "a function that checks an object": [
      z.strictObject({ a: z.string() }).refine(Boolean, "is odd"),
      /"is odd" is a function: say it as a rule/,
    ],
    "a length of text, which is counted in another way": [z.string().max(5), /in another way/],
    "a pattern with flags": [z.string().regex(/^a$/i), /flags/],
    "a format that is more than a pattern": [z.ipv6(), /in another way/],
  };
  for (const [title, [schema, message]] of Object.entries(cases)) {
    it(`refuses ${title}`, () => {
      assert.throws(() => valueSchema(z.strictObject({ key: schema })), message);
    });
  }
});
