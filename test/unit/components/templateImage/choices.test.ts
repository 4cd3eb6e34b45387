import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import type { TemplateImageArgs } from "../../../../components/templateImage/args";
import { TemplateImage } from "../../../../components/templateImage/templateImage";
import { templateName, folderContents } from "../../../../template/recipe";
import {
  commandsOf,
  exampleSource,
  exampleTemplate,
  exampleTemplateImage as example,
  lookupType,
  recordTemplateImage as record,
  requestsOf,
  templateOutputs,
} from "../../../support/exampleTemplateImage";
import { recordProgram, valueOf, type RecordedProgram } from "../../../support/pulumiMocks";
import { builtinRecipe } from "../../../support/templateImages";
import { withoutPointers } from "../../../support/pointers";

/** The mark of a secret in a property bag on the wire. */
const secretMark = "4dabf18193072939515e22adb298388d";
const secret = (value: string): object => ({
  [secretMark]: "1b47061264138c4ac30d75fd1eb44270",
  value,
});

const [first, second] = ["template-k8s-region-x1", "template-k8s-region-x2"] as const;
const oneRegion = { "k8s-region-x1": example.regions["k8s-region-x1"]! };

function environmentOf(recorded: RecordedProgram, name: string): Record<string, unknown> {
  const command = commandsOf(recorded).find((candidate) => candidate.name === name);
  return command?.inputs["environment"] as Record<string, unknown>;
}

const toolsOf = ({ resources }: RecordedProgram): unknown[] =>
  resources
    .filter(({ type }) => type === lookupType)
    .map(({ inputs }) => (inputs["making"] as { tools: unknown }).tools);

describe("TemplateImage of each source", () => {
  it("builds with this project's folder, whose contents are in the name", async () => {
    const recorded = await record({ source: builtinRecipe.source });
    const contents = folderContents(`${example.root}/template/packer/ubuntu-24.04`);
    const { [first]: request } = requestsOf(recorded);
    assert.equal(request!.name, templateName(builtinRecipe, contents));
    assert.deepEqual(request!.build, { recipe: builtinRecipe });
    assert.deepEqual(toolsOf(recorded), [["packer"], []], "git is not needed");
  });

  it("builds with a folder of the user's, found from the root of the repository", async () => {
    const source = {
      kind: "directory",
      path: "test/fixtures/packer/old-folder",
      name: "ours",
      variableFiles: ["22.04.pkrvars.hcl"],
    } as const;
    const recorded = await record({ source });
    const { [first]: request } = requestsOf(recorded);
    assert.match(request!.name, /^ours-[0-9a-f]{8}$/);
    assert.deepEqual(request!.build?.recipe.source, source);
    assert.deepEqual(toolsOf(recorded), [["packer"], []]);
    const absolute = { ...source, path: `${example.root}/${source.path}` };
    const { [first]: same } = requestsOf(await record({ source: absolute }));
    assert.equal(same!.name, request!.name, "wherever the folder is");
  });

  it("hands on what shapes the image, and where guests reach Packer", async () => {
    const shaping = {
      installer: { url: "https://example.com/u.iso", checksum: `sha256:${"a".repeat(64)}` },
      hardware: { numCPUs: 2, diskSize: 20 },
      variables: { locale: "de_DE" },
    };
    const requests = requestsOf(await record({ ...shaping, httpAddress: "10.8.0.5" }));
    assert.deepEqual(requests[first]!.build, {
      recipe: { source: exampleSource, ...shaping },
      httpAddress: "10.8.0.5",
    });
    assert.notEqual(requests[first]!.name, exampleTemplate);
    assert.equal(requests[second]!.name, requests[first]!.name);
    assert.equal(requests[second]!.build, undefined);
  });

  for (const preview of [false, true]) {
    it(`only looks at a template that exists (${preview ? "preview" : "up"})`, async () => {
      let component!: TemplateImage;
      const recorded = await recordProgram({ preview, outputs: templateOutputs }, () => {
        component = new TemplateImage("template", {
          ...example,
          source: { kind: "existing", template: "Templates/theirs" },
        });
      });
      const lookup = (region: string, path: string, smallestRootDisk: number): object => {
        const __provider =
          'exports.handler = () => require("./dynamicProvider.js")("templateLookup");';
        const datacenter = path.slice(0, "/X1".length);
        const inputs = { path, smallestRootDisk, region: { name: region, datacenter }, __provider };
        return { type: lookupType, name: `template-${region}-lookup`, inputs };
      };
      assert.deepEqual(recorded.resources, [
        lookup("k8s-region-x1", "/X1/vm/Templates/theirs", 30),
        lookup("k8s-region-x2", "/X2/vm/Templates/theirs", 0),
      ]);
      const own = { parent: "template" };
      assert.deepEqual(recorded.options, {
        template: {},
        "template-k8s-region-x1-lookup": own,
        "template-k8s-region-x2-lookup": own,
      });
      const paths = { "k8s-region-x1": "Templates/theirs", "k8s-region-x2": "Templates/theirs" };
      assert.deepEqual(component.paths, paths);
      assert.deepEqual(await valueOf(component.ready), paths);
    });
  }
});

describe("TemplateImage with other choices", () => {
  const tools = ["git", "packer"];
  for (const [distribution, builds, waits, needed] of [
    [undefined, [true, false], [first, `${second}-lookup`], [tools, []]],
    ["copy", [true, false], [first, `${second}-lookup`], [tools, []]],
    ["buildInTurn", [true, true], [first, `${second}-lookup`], [tools, tools]],
    ["buildTogether", [true, true], [`${second}-lookup`], [tools, tools]],
  ] as const) {
    it(`builds and copies in the order of ${distribution ?? "a copy when nothing is said"}`, async () => {
      const recorded = await record(distribution === undefined ? {} : { distribution });
      assert.deepEqual(
        Object.values(requestsOf(recorded)).map(({ build }) => build !== undefined),
        builds,
      );
      assert.deepEqual(recorded.dependencies[second], waits);
      assert.deepEqual(toolsOf(recorded), needed);
    });
  }

  it("copies to a third region what the first one built, without waiting for the second", async () => {
    const third = { datacenter: "/X3", place: { ...example.regions["k8s-region-x2"]!.place! } };
    const recorded = await record({ regions: { ...example.regions, "k8s-region-x3": third } });
    const copies = Object.values(requestsOf(recorded)).map(({ copyFrom }) => copyFrom);
    const path = `/X1/vm/Templates/${exampleTemplate}`;
    assert.deepEqual(copies, [undefined, path, path]);
    const waits = recorded.dependencies["template-k8s-region-x3"] ?? [];
    assert.ok(waits.includes("template-k8s-region-x1"));
    assert.ok(!waits.includes("template-k8s-region-x2"));
  });

  it("keeps old templates, and removes them only when it is told to", async () => {
    const deletes = async (changes: Partial<TemplateImageArgs>): Promise<unknown[]> =>
      commandsOf(await record(changes)).map(({ inputs }) => inputs["delete"]);
    assert.deepEqual(await deletes({}), [undefined, undefined]);
    assert.deepEqual(await deletes({ oldTemplates: "keep" }), [undefined, undefined]);
    const remove = "node templateImage.js remove";
    assert.deepEqual(await deletes({ oldTemplates: "remove" }), [remove, remove]);
  });

  it("hands over the password as a secret, and in no other way", async () => {
    const password = "hunter2-of-the-builder";
    for (const given of [password, pulumi.secret(password), pulumi.output(password)]) {
      const recorded = await record({ password: given });
      for (const name of [first, second]) {
        const environment = environmentOf(recorded, name);
        assert.deepEqual(environment["DECKHOUSE_VSPHERE_BUILDING_PASSWORD"], secret(password));
        assert.ok(
          !String(environment["DECKHOUSE_VSPHERE_TEMPLATE_REQUEST"]).includes(password),
          "the request stands in the state",
        );
      }
      const all = JSON.stringify([recorded.resources, recorded.components]);
      assert.equal(all.split(password).length - 1, 2, "once for each Command");
    }
  });

  it("says nothing of a password that the environment has", async () => {
    const given = Object.keys(environmentOf(await record({}), first));
    const names = ["REBUILDS", "REQUEST"].map((name) => `DECKHOUSE_VSPHERE_TEMPLATE_${name}`);
    assert.deepEqual(given.sort(), names);
  });

  it("leaves everything of the first region as it is when the second goes", async () => {
    const [both, alone] = [await record({}), await record({ regions: oneRegion })];
    assert.deepEqual(
      alone.resources,
      both.resources.filter(({ name }) => name.startsWith(first)),
    );
  });

  it("keeps the names of the second region's resources when the first goes", async () => {
    const { "k8s-region-x2": left } = example.regions;
    const { resources } = await record({ regions: { "k8s-region-x2": left! } });
    assert.deepEqual(
      resources.map(({ name }) => name),
      [second, `${second}-lookup`],
    );
  });

  it("hands the caller's options on to all it makes", async () => {
    const { options } = await record({}, { protect: true });
    assert.equal(Object.keys(options).length, 5);
    assert.ok(Object.values(options).every(({ protect }) => protect === true));
  });
});

describe("TemplateImage with a mistake", () => {
  const messageOf = async (changes: Partial<TemplateImageArgs>): Promise<string> => {
    const { error, resources } = await record(changes);
    assert.ok(pulumi.RunError.isInstance(error), "the user sees the message, and no stack trace");
    assert.deepEqual(resources, []);
    return withoutPointers(error.message);
  };

  it("tells that a region has no place", async () => {
    const regions = { "k8s-region-x1": { datacenter: "/X1" } };
    assert.equal(
      await messageOf({ regions }),
      "TemplateImage: found no place for k8s-region-x1: a template that is built needs one: " +
        'give regions["k8s-region-x1"].place',
    );
  });

  it("tells that a folder cannot be read, and why", async () => {
    const source = { kind: "directory", path: "no/such", name: "ours", variableFiles: [] } as const;
    const message = await messageOf({ source });
    const begin =
      'templateImage.directory.path: found "no/such": the folder cannot be read (ENOENT: ';
    const end =
      "): write the path of a Packer folder, absolute or from the root of this repository";
    assert.ok(message.startsWith(begin) && message.endsWith(end), message);
    assert.match(await messageOf({ source: { ...source, path: "Pulumi.yaml" } }), /\(ENOTDIR: /);
  });
});
