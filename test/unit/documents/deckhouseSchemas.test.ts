import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  checksumOf,
  transcriptionFile,
  transcriptionText,
} from "../../../scripts/deckhouseSchemas/transcription";
import { factsOf } from "../../../scripts/deckhouseSchemas/facts";
import { sources } from "../../../scripts/deckhouseSchemas/sources";
import { transcribe } from "../../../scripts/deckhouseSchemas/transcribe";
import { repositoryRoot } from "../../../scripts/lab/folders";
import { schemaOf, transcription } from "../../support/deckhouseSchemas";
import { removeFolder, temporaryFolder, writeFiles } from "../../support/temporaryFolder";

describe("the transcription of Deckhouse's schemas", () => {
  it("is as the command wrote it", async () => {
    const { checksum, ...written } = transcription;
    assert.equal(checksum, checksumOf(written));
    assert.equal(readFileSync(transcriptionFile, "utf8"), await transcriptionText(written));
  });

  it("has a schema of each kind for each version, and none that no version has", () => {
    const { versions, schemas } = transcription;
    for (const { kinds, files, deckhouse } of versions) {
      const expected = sources.filter(({ since = "" }) => deckhouse >= since);
      assert.deepEqual(
        Object.keys(kinds),
        expected.map(({ kind }) => kind),
      );
      assert.equal(Object.keys(files).length, expected.length);
    }
    const used = new Set(versions.flatMap(({ kinds }) => Object.values(kinds)));
    assert.deepEqual(used, new Set(Object.keys(schemas)));
  });

  for (const [title, version, same] of [
    ["of its own version", "1.77", "1.77"],
    ["of its own version, whatever the patch", "1.77.3", "1.77"],
    ["of the newest version for a newer one", "1.100", "1.78"],
    ["of the oldest version for an older one", "1.8", "1.74"],
  ] as const) {
    it(`gives a document the schema ${title}`, () => {
      const known = transcription.versions.find(({ deckhouse }) => deckhouse === same)!;
      const key = known.kinds["ClusterConfiguration"]!;
      assert.equal(schemaOf("ClusterConfiguration", version), transcription.schemas[key]);
    });
  }

  it("has no schema of what a version does not have", () => {
    assert.equal(schemaOf("MetalLoadBalancerPool", "1.76"), undefined);
    assert.equal(schemaOf("toString", "1.76"), undefined);
  });
});

describe("the command that transcribes schemas", () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => removeFolder(folder));

  it("keeps what decides, marks what is required and has a default, and leaves out what explains", () => {
    const property = { type: "string", description: "Text.", default: "x", "x-doc-default": "x" };
    const facts = factsOf(
      {
        required: ["one", "two"],
        properties: {
          one: property,
          two: { ...property, default: undefined, "x-doc-deprecated": true, pattern: "^a" },
          description: { nullable: true, "x-examples": ["y"] },
          three: property,
        },
        oneOf: [{ not: { required: ["three"], title: "Not." } }],
        additionalProperties: false,
      },
      "schema",
    );
    assert.deepEqual(facts, {
      required: ["one", "two"],
      properties: {
        one: { type: "string", "x-default": true },
        two: { type: "string", "x-default": true, deprecated: true, pattern: "^a" },
        description: { nullable: true },
        three: { type: "string" },
      },
      oneOf: [{ not: { required: ["three"] } }],
      additionalProperties: false,
    });
  });

  it("refuses a keyword that it does not know", () => {
    assert.throws(() => factsOf({ properties: { a: { if: {} } } }, "file"), {
      message: /^file\.properties\.a\.if: the keyword "if" is not known/,
    });
  });

  it("stores a schema once for all versions that have the same, in the order of the versions", () => {
    writeFiles(folder, { ...publishedFiles("newest", 2), ...publishedFiles("v1.75.10", 1) });
    writeFiles(folder, publishedFiles("v1.74.9", 1));
    const { versions, schemas } = transcribe(folder)!;
    assert.deepEqual(
      versions.map(({ deckhouse, kinds }) => [
        deckhouse,
        kinds["NodeGroup"],
        kinds["ModuleConfig global"],
      ]),
      [
        ["1.74", "NodeGroup since 1.74", "ModuleConfig global since 1.74"],
        ["1.75", "NodeGroup since 1.74", "ModuleConfig global since 1.74"],
        ["1.78", "NodeGroup since 1.78", "ModuleConfig global since 1.78"],
      ],
    );
    assert.deepEqual(schemas["NodeGroup since 1.78"], {
      checker: "API server",
      apiVersion: "deckhouse.io/v1",
      schema: { maximum: 2, properties: {} },
    });
  });

  it("says which file is missing, and which folder it does not know", () => {
    writeFiles(folder, { "v1.74.9/candi/openapi/cluster_configuration.yaml": "" });
    assert.throws(() => transcribe(folder), {
      message: /there is no schema of ClusterConfiguration in deckhouse\.io\/v1$/,
    });
    writeFiles(folder, { "other/candi/openapi/cluster_configuration.yaml": "" });
    assert.throws(() => transcribe(folder), { message: /other: it is not known which version/ });
  });

  it("ends with its usage and exit code 2 without a folder of schemas", () => {
    for (const args of [[], [join(folder, "absent")]]) {
      assert.throws(
        () =>
          execFileSync(process.execPath, ["--import", "tsx", "scripts/schemas.ts", ...args], {
            cwd: repositoryRoot,
            stdio: "pipe",
          }),
        ({ status, stderr }: { status: number; stderr: Buffer }) =>
          status === 2 && stderr.toString().includes("Usage: npm run schemas -- FOLDER"),
      );
    }
  });
});

/** Every file of a made-up version, whose schemas say nothing but a number. */
function publishedFiles(folder: string, maximum: number): Record<string, string> {
  const files = sources.map(({ kind, checker, apiVersion, files: [path = ""] }) => {
    const schema = { maximum, description: "A number." };
    const [group, version] = apiVersion.split("/");
    const contents = {
      dhctl: { apiVersions: [{ apiVersion, openAPISpec: schema }] },
      module: schema,
      "API server": {
        spec: {
          group,
          names: { kind },
          versions: [
            {
              name: version,
              served: true,
              schema: { openAPIV3Schema: { ...schema, properties: { status: {} } } },
            },
          ],
        },
      },
    };
    return [`${folder}/${path}`, JSON.stringify(contents[checker])];
  });
  return Object.fromEntries(files) as Record<string, string>;
}
