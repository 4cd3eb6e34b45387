import assert from "node:assert/strict";

import type {
  LookedUpTemplate,
  TemplateLookupInputs,
  TemplateLookupOutputs,
} from "../../../../../components/templateImage/templateImage";
import { TemplateLookupProvider } from "../../../../../components/templateImage/templateLookupProvider";
import { noPermission, type InMemoryVCenter } from "../../../../support/inMemoryVCenter";
import { providerCode } from "../../../../support/exampleVCenter";
import { withPrintedLines } from "../../../../support/printedLines";
import { examplePlace } from "../../../../support/templateImages";
import { lookedUpPath as path, templateVCenter } from "../../../../support/templateVCenter";
import { messageOf, thrownBy } from "../../../../support/thrownBy";
import { withoutPointers } from "../../../../support/pointers";

const plain: LookedUpTemplate = {
  ...{ path, smallestRootDisk: 50 },
  making: { place: examplePlace, tools: ["packer"] },
};
const region: TemplateLookupInputs["region"] = { name: "k8s-region-x1", datacenter: "/X1" };
const inputs = { ...plain, region, __provider: providerCode };
const state: TemplateLookupOutputs & { readonly __provider: string } = {
  ...{ ...plain, __provider: providerCode, rebuilds: 2 },
};

describe("a look at a template", () => {
  let vCenter: InMemoryVCenter;
  let provider: TemplateLookupProvider;

  beforeEach(() => {
    vCenter = templateVCenter();
    vCenter.machines.addTemplate(path);
    provider = new TemplateLookupProvider(vCenter.session());
  });

  afterEach(() => {
    assert.deepEqual(vCenter.changes(), [], "it never changes vCenter");
  });

  it("begins with no rebuild, asks nothing, and keeps nothing but its inputs", async () => {
    const { id, outs } = await provider.create(inputs);
    assert.equal(id, path);
    assert.deepEqual(outs, { ...plain, rebuilds: 0 });
    assert.deepEqual(vCenter.calls, []);
  });

  it("keeps no place for a template that others made", async () => {
    const { outs } = await provider.create({ path, smallestRootDisk: 0, __provider: "x" } as never);
    assert.deepEqual(outs, { path, smallestRootDisk: 0, rebuilds: 0 });
  });

  describe("compared at preview", () => {
    const diff = (news: object = {}, olds: object = {}) =>
      withPrintedLines(() => provider.diff(path, { ...state, ...olds }, { ...inputs, ...news }));

    it("differs in nothing while the template is there, and vCenter was asked", async () => {
      assert.deepEqual(await diff(), { result: { changes: false }, lines: [] });
      assert.ok(vCenter.calls.includes(`find ${path}`));
    });

    it("does not mind the order of keys, which the engine does not keep", async () => {
      const { datacenter, ...rest } = examplePlace;
      const making = { tools: ["packer"], place: { ...rest, datacenter } };
      assert.deepEqual((await diff({ making })).result, { changes: false });
    });

    it("differs when somebody removed the template, and says so", async () => {
      vCenter.machines.remove(path);
      assert.deepEqual(await diff(), {
        result: { changes: true },
        lines: [`${path}: the template is not in vCenter: it has to be made`],
      });
    });

    const changes: Readonly<Record<string, object>> = {
      path: { path: "/X1/vm/Templates/other" },
      "smallest root disk": { smallestRootDisk: 40 },
      place: { making: { place: { ...examplePlace, host: "esxi-01" }, tools: ["packer"] } },
      tools: { making: { place: examplePlace, tools: ["git", "packer"] } },
      "being made": { making: undefined },
      "provider's line": { __provider: "newer" },
    };
    for (const [what, news] of Object.entries(changes)) {
      it(`differs in its ${what}, in place and without asking vCenter`, async () => {
        assert.deepEqual(await diff(news), { result: { changes: true }, lines: [] });
        assert.deepEqual(vCenter.calls, []);
      });
    }

    it("fails the preview when vCenter cannot be asked, with the reason and no stack", async () => {
      vCenter.failing = () => noPermission("find an object");
      const { message, stack } = (await thrownBy(diff())) as Error;
      assert.deepEqual(
        [withoutPointers(message), stack],
        [noPermission("find an object").message, ""],
      );
    });
  });

  describe("updated", () => {
    it("counts one rebuild when the template is gone", async () => {
      vCenter.machines.remove(path);
      const { outs } = await provider.update(path, state, inputs);
      assert.deepEqual(outs, { ...plain, rebuilds: 3 });
    });

    it("counts none when the template is there", async () => {
      const changes = { smallestRootDisk: 40 };
      const { outs } = await provider.update(path, state, { ...inputs, ...changes });
      assert.deepEqual(outs, { ...plain, ...changes, rebuilds: 2 });
    });

    it("fails when vCenter cannot be asked, so that nothing is built for nothing", async () => {
      const refusal = noPermission("find an object");
      vCenter.failing = () => refusal;
      assert.equal(await messageOf(provider.update(path, state, inputs)), refusal.message);
    });
  });

  it("stays as it was in a refresh, also when the template is gone: the diff tells that", async () => {
    vCenter.machines.remove(path);
    assert.deepEqual(await provider.read(path, state), { id: path, props: state });
    assert.deepEqual(vCenter.calls, []);
  });

  it("has nothing to take back when it is deleted", async () => {
    await provider.delete();
    assert.deepEqual(vCenter.calls, []);
    assert.deepEqual(vCenter.machines.paths(), [path]);
  });
});
