import assert from "node:assert/strict";

import { unknownValue } from "../../../../components/dynamic/dynamicProvider";
import { VCenterSession } from "../../../../components/dynamic/vcenterSession";
import type { Seen, VCenterInputs } from "../../../../components/vCenter/identity";
import { VCenterProvider } from "../../../../components/vCenter/provider";
import { nothingEarlier } from "../../../../preflight/ours";
import { readConfiguration } from "../../../../configuration/load";
import { InMemoryVCenter } from "../../../support/inMemoryVCenter";
import { withoutPrintedLines, withPrintedLines } from "../../../support/printedLines";
import { changed } from "../../../support/changedConfiguration";
import { exampleConfiguration } from "../../../support/writtenExample";

const policy = { "regions[0].clusterConfiguration.storagePolicy": { name: "gold" } };
const looked = readConfiguration(changed(exampleConfiguration, { preflight: "off", ...policy }));
const inputsOf = (isPreview: boolean): VCenterInputs => ({
  server: "vcenter.example.com",
  restoredAs: "",
  look: JSON.stringify({ ...looked, user: "administrator@vsphere.local", isPreview }),
});
const inputs = inputsOf(false);
const inPreview = inputsOf(true);
const before: Seen = {
  asked: nothingEarlier,
  storagePolicyIds: { "k8s-region-x1": "the-id" },
  privilegesLeftOut: ["Vc.Gone"],
  readiness: { passed: "24 of 24 checks" },
};
const recorded = { server: "vcenter.example.com", restoredAs: "", instanceUuid: "uuid", ...before };

/** The provider of a process that has no address of any vCenter. */
function away(preflight?: string): VCenterProvider {
  const provider = new VCenterProvider(new VCenterSession());
  const get = (key: string) => (key === "deckhouse-vsphere:preflight" ? preflight : undefined);
  provider.configure({ config: { get } });
  return provider;
}

describe("preflight: off", () => {
  withoutPrintedLines();

  describe("with a vCenter at hand", () => {
    let vCenter: InMemoryVCenter;

    beforeEach(() => {
      vCenter = new InMemoryVCenter();
      vCenter.configuration["deckhouse-vsphere:preflight"] = "off";
      vCenter.storagePolicies.push({ id: "the-id", name: "gold" });
    });

    it("asks which it is, and for what the role and the documents need", async () => {
      const provider = new VCenterProvider(vCenter.session());
      const { result, lines } = await withPrintedLines(() => provider.check({}, inputs));
      assert.deepEqual(result.failures, []);
      assert.deepEqual(result.inputs.storagePolicyIds, {
        "k8s-region-x1": "the-id",
        "k8s-region-x2": "",
      });
      assert.equal(result.inputs.instanceUuid, "uuid-of-the-first");
      assert.match(String(result.inputs.readiness?.passed), /^0 of \d+ checks: preflight is off$/);
      assert.deepEqual(result.inputs.asked?.principals, ["deckhouse@vsphere.local"]);
      assert.deepEqual([...vCenter.calls].sort(), [
        "about",
        "inventory",
        "privileges",
        "storagePolicies",
      ]);
      assert.deepEqual(lines, ["deckhouse@vsphere.local gets role kubernetes on /X1, /X2"]);
    });

    it("refuses a storage policy without an id, which the documents would lack", async () => {
      vCenter.storagePolicies.length = 0;
      const { failures } = await new VCenterProvider(vCenter.session()).check({}, inputs);
      assert.match(
        failures[0]?.reason ?? "",
        /^1 fault in vCenter; .*\nregions\[0\], storagePolicy: found "gold": vCenter has no such storage policy/,
      );
    });

    it("refuses another one than the stack's as ever", async () => {
      const { failures } = await new VCenterProvider(vCenter.session()).check(recorded, inPreview);
      assert.match(
        failures[0]?.reason ?? "",
        /this stack was made in vCenter vcenter\.example\.com/,
      );
    });
  });

  describe("with no vCenter at hand", () => {
    it("previews what the state says, and tells once that nothing was looked at", async () => {
      const provider = away("off");
      const { result, lines } = await withPrintedLines(async () => {
        await provider.read("id", recorded);
        return provider.check(recorded, inPreview);
      });
      assert.deepEqual(result.failures, []);
      const { instanceUuid, storagePolicyIds, privilegesLeftOut, readiness } = result.inputs;
      assert.equal(instanceUuid, "uuid");
      assert.deepEqual(storagePolicyIds, { "k8s-region-x1": "the-id", "k8s-region-x2": "" });
      assert.deepEqual(privilegesLeftOut, ["Vc.Gone"]);
      assert.match(String(readiness?.passed), /^0 of \d+ checks: preflight is off$/);
      assert.ok(!("look" in result.inputs));
      assert.equal(lines.length, 1, lines.join("\n"));
      assert.match(lines[0]!, /^nothing of vCenter was looked at, which preflight: off allows/);
    });

    it("does not know at the first preview what nobody has seen", async () => {
      const { result } = await withPrintedLines(() => away("off").check({}, inPreview));
      assert.deepEqual(result.failures, []);
      assert.equal(result.inputs.instanceUuid, "");
      assert.deepEqual(result.inputs.storagePolicyIds, {
        "k8s-region-x1": unknownValue,
        "k8s-region-x2": "",
      });
    });

    it("is refused at up, with the state as it was", async () => {
      const { result, lines } = await withPrintedLines(() => away("off").check(recorded, inputs));
      assert.equal(result.failures.length, 1);
      assert.deepEqual(result.inputs, recorded);
      assert.deepEqual(lines, []);
    });

    it("is refused where the stack does not say off", async () => {
      for (const preflight of [undefined, '{"version":{"level":"off","reason":"off"}}']) {
        const { failures } = await away(preflight).check(recorded, inPreview);
        assert.equal(failures.length, 1, preflight);
      }
    });
  });
});
