import assert from "node:assert/strict";

import { unknownValue } from "../../../../components/dynamic/dynamicProvider";
import { TemplateImage } from "../../../../components/templateImage/templateImage";
import {
  commandType,
  examplePlaces as places,
  exampleTemplateImage as example,
  exampleSource,
  exampleTemplate as template,
  lookupType,
  templateOutputs as outputs,
} from "../../../support/exampleTemplateImage";
import {
  recordProgram,
  valueOf,
  type RecordedProgram,
  type RegisteredResource,
} from "../../../support/pulumiMocks";

const providerCode = 'exports.handler = () => require("./dynamicProvider.js")("templateLookup");';
const paths = {
  "k8s-region-x1": `Templates/${template}`,
  "k8s-region-x2": `Images/${template}`,
};

for (const preview of [false, true]) {
  describe(`TemplateImage of two regions ${preview ? "at preview" : "at up"}`, () => {
    let component: TemplateImage;
    let recorded: RecordedProgram;

    before(async () => {
      recorded = await recordProgram({ preview, ...(preview ? {} : { outputs }) }, () => {
        component = new TemplateImage("template", example);
      });
    });

    it("asks for a look and a Command in each region, and nothing else", () => {
      const recipe = { source: exampleSource, hardware: {}, variables: {} };
      const common = { vCenter: example.vCenter, timeouts: example.timeouts };
      const requestOf = (region: keyof typeof places, more: object): object => ({
        name: template,
        place: places[region],
        ...common,
        ...more,
      });
      const copyFrom = `/X1/vm/Templates/${template}`;
      const requests = {
        "k8s-region-x1": requestOf("k8s-region-x1", { smallestRootDisk: 30, build: { recipe } }),
        "k8s-region-x2": requestOf("k8s-region-x2", { copyFrom }),
      };
      const resourcesOf = (
        region: keyof typeof places,
        smallestRootDisk: number,
        tools: string[],
      ): RegisteredResource[] => {
        const path = `${places[region].folder}/${template}`;
        return [
          {
            type: commandType,
            name: `template-${region}`,
            inputs: {
              create: "node templateImage.js make",
              environment: {
                DECKHOUSE_VSPHERE_TEMPLATE_REQUEST: JSON.stringify(requests[region]),
                DECKHOUSE_VSPHERE_TEMPLATE_REBUILDS: preview ? unknownValue : "3",
              },
              triggers: [path],
              logging: "none",
            },
          },
          {
            type: lookupType,
            name: `template-${region}-lookup`,
            inputs: {
              ...{ path, smallestRootDisk, making: { place: places[region], tools } },
              region: { name: region, datacenter: places[region].datacenter },
              __provider: providerCode,
            },
          },
        ];
      };
      assert.equal(recorded.error, undefined);
      assert.deepEqual(recorded.resources, [
        ...resourcesOf("k8s-region-x1", 30, ["git", "packer"]),
        ...resourcesOf("k8s-region-x2", 0, []),
      ]);
      assert.deepEqual(recorded.lookups, []);
      assert.deepEqual(recorded.components, [
        { type: "deckhouse-vsphere:index:TemplateImage", name: "template", inputs: {} },
      ]);
    });

    it("is the parent of every resource; another path makes a new template before the old one is let go", () => {
      const command = {
        ...{ parent: "template", replaceOnChanges: ["triggers[*]"] },
        hideDiffs: ["environment"],
      };
      assert.deepEqual(recorded.options, {
        template: {},
        "template-k8s-region-x1": command,
        "template-k8s-region-x1-lookup": { parent: "template" },
        "template-k8s-region-x2": command,
        "template-k8s-region-x2-lookup": { parent: "template" },
      });
    });

    it("makes each Command wait for the look before it, and the copy for what it copies", () => {
      const [first, second] = ["template-k8s-region-x1", "template-k8s-region-x2"] as const;
      assert.deepEqual(recorded.dependencies[first], [`${first}-lookup`]);
      assert.deepEqual(recorded.dependencies[second], [first, `${second}-lookup`]);
      assert.deepEqual(recorded.dependencies["template-k8s-region-x2-lookup"], []);
    });

    it("knows the paths as Deckhouse takes them", async () => {
      assert.deepEqual(component.paths, paths);
      assert.deepEqual(await valueOf(component.ready), paths);
    });
  });
}

describe("TemplateImage of a region that has another name", () => {
  it("finds what it made for the region in the state, and gives up no template", async () => {
    const { "k8s-region-x1": first, ...others } = example.regions;
    const regions = { new: { ...first!, formerKey: "k8s-region-x1" }, ...others };
    const aliasesOf = async (args: typeof example): Promise<unknown> => {
      const { error, options } = await recordProgram({ preview: true }, () => {
        new TemplateImage("template", args);
      });
      assert.equal(error, undefined);
      return Object.fromEntries(
        Object.entries(options).flatMap(([name, { aliases }]) =>
          aliases ? [[name, aliases]] : [],
        ),
      );
    };
    const look = { "template-new-lookup": ["template-k8s-region-x1-lookup"] };
    assert.deepEqual(await aliasesOf({ ...example, regions }), {
      "template-new": ["template-k8s-region-x1"],
      ...look,
    });
    const source = { kind: "existing", template: "Templates/theirs" } as const;
    assert.deepEqual(await aliasesOf({ ...example, regions, source }), look);
  });
});

/** Something that is waited for. */
class Signal {
  give = (): void => undefined;
  readonly given = new Promise<void>((resolve) => {
    this.give = resolve;
  });
}

describe("TemplateImage at up", () => {
  for (const last of ["template-k8s-region-x1", "template-k8s-region-x2"]) {
    it(`does not tell that templates are ready before ${last} has ended`, async () => {
      const [begun, ended] = [new Signal(), new Signal()];
      let isKnown = false;
      const recording = recordProgram(
        {
          preview: false,
          outputs: async (name) => {
            if (name === last) {
              begun.give();
              await ended.given;
            }
            return outputs(name);
          },
        },
        () => {
          const args = { ...example, distribution: "buildTogether" } as const;
          new TemplateImage("template", args).ready.apply(() => {
            isKnown = true;
          });
        },
      );
      await begun.given;
      for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
      assert.equal(isKnown, false);
      ended.give();
      await recording;
      assert.equal(isKnown, true);
    });
  }

  it("runs a Command again when the look found that the template is gone", async () => {
    const environmentWith = async (rebuilds: number): Promise<unknown> => {
      const counted = (name: string) => (name.endsWith("-lookup") ? { rebuilds } : {});
      const { resources } = await recordProgram(
        { preview: false, outputs: (name) => ({ ...outputs(name), ...counted(name) }) },
        () => new TemplateImage("template", example),
      );
      const command = resources.find(({ name }) => name === "template-k8s-region-x1");
      return command?.inputs["environment"];
    };
    assert.notDeepEqual(await environmentWith(1), await environmentWith(0));
    assert.deepEqual(await environmentWith(1), await environmentWith(1));
  });
});
