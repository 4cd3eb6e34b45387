import assert from "node:assert/strict";

import { VCenterSession } from "../../../../components/dynamic/vcenterSession";
import type { VCenterInputs } from "../../../../components/vCenter/identity";
import { VCenterProvider } from "../../../../components/vCenter/provider";
import { rotatedSecretTexts } from "../../../../components/vCenter/rotatedSecrets";
import { readConfiguration } from "../../../../configuration/load";
import type { UsedSecrets } from "../../../../configuration/secrets";
import { changed } from "../../../support/changedConfiguration";
import { InMemoryVCenter } from "../../../support/inMemoryVCenter";
import { withPrintedLines } from "../../../support/printedLines";
import { exampleConfiguration } from "../../../support/writtenExample";

const [former, present] = ["former-4c1d", "present-9e2f"];

/** The key of each secret, and where a running cluster needs the new one: docs/operations.md, Passwords. */
const places: Readonly<Record<keyof UsedSecrets, [key: string, place: string]>> = {
  clusterAccountPassword: [
    "deckhouse-vsphere:clusterAccountPassword",
    "provider.password in `d8 system edit provider-cluster-configuration`",
  ],
  nsxtPassword: [
    "deckhouse-vsphere:nsxtPassword",
    "nsxt.password in `d8 system edit provider-cluster-configuration`",
  ],
  registryDockerCfg: [
    "deckhouse-vsphere:registryDockerCfg",
    "the settings of the module deckhouse",
  ],
  bgpPassword: ["deckhouse-vsphere:bgpPassword", "the Secret that MetalLB's peers name"],
  proxyPassword: ["deckhouse-vsphere:proxyPassword", "`d8 system edit cluster-configuration`"],
  firstUserPasswordHash: ["deckhouse-vsphere:firstUserPasswordHash", "that User in the cluster"],
};
const names = Object.keys(places) as (keyof UsedSecrets)[];

describe("a rotated secret of the documents", () => {
  for (const name of names) {
    it(`is a warning with what to do in a running cluster, and shows nothing of it: ${name}`, () => {
      const [text = "", ...more] = rotatedSecretTexts({ [name]: former }, { [name]: present });
      const [key, place] = places[name];
      assert.deepEqual(more, []);
      assert.ok(text.startsWith(`warning: ${key}: it is another one than at the last up, `), text);
      assert.ok(text.includes("a running cluster"), text);
      assert.ok(text.includes(place), text);
      assert.ok(text.endsWith("; see docs/troubleshooting.md#rotated-passwords"), text);
      assert.ok(!text.includes(former) && !text.includes(present), text);
    });
  }

  it("is told beside others, each once, and where to read on by the first alone", () => {
    const of = (value: string) => Object.fromEntries(names.map((name) => [name, value]));
    const texts = rotatedSecretTexts(of(former), of(present));
    assert.equal(texts.length, names.length);
    assert.equal(texts.filter((text) => text.includes("docs/")).length, 1);
  });

  const silent: Readonly<Record<string, [UsedSecrets | undefined, UsedSecrets | undefined]>> = {
    "is not one at the first up, and after a state that holds none": [
      undefined,
      { clusterAccountPassword: present },
    ],
    "is not one that stays": [{ bgpPassword: present }, { bgpPassword: present }],
    "is not one that a document holds for the first time": [{}, { proxyPassword: present }],
    "is not one that no document holds any more": [{ proxyPassword: former }, {}],
    "is none where nothing holds one": [undefined, undefined],
  };
  for (const [what, [earlier, now]] of Object.entries(silent)) {
    it(what, () => assert.deepEqual(rotatedSecretTexts(earlier, now), []));
  }
});

describe("VCenter, which compares the secrets of the documents", () => {
  const look = JSON.stringify({
    ...readConfiguration(changed(exampleConfiguration, { preflight: "off" })),
    ...{ user: "administrator@vsphere.local", isPreview: true },
  });
  const inputsWith = (password?: string): VCenterInputs => ({
    ...{ server: "vcenter.example.com", restoredAs: "", look },
    ...(password !== undefined && { documentSecrets: { clusterAccountPassword: password } }),
  });
  let vCenter: InMemoryVCenter;
  let provider: VCenterProvider;

  beforeEach(() => {
    vCenter = new InMemoryVCenter();
    vCenter.configuration["deckhouse-vsphere:preflight"] = "off";
    provider = new VCenterProvider(vCenter.session());
  });

  /** What is left by an `up` with that password; without one as an older version of the program left it. */
  async function upWith(password?: string) {
    const { result } = await withPrintedLines(() => provider.check({}, inputsWith(password)));
    assert.deepEqual(result.failures, []);
    return { inputs: result.inputs, ...(await provider.create(result.inputs)) };
  }

  it("keeps them among its inputs, and not in its outputs", async () => {
    const { inputs, outs } = await upWith(former);
    assert.deepEqual(inputs.documentSecrets, { clusterAccountPassword: former });
    const { documentSecrets: _secrets, ...others } = inputs;
    assert.deepEqual(outs, others);
    assert.deepEqual(await provider.update("id", outs, inputs), { outs: others });
    assert.ok(!JSON.stringify(await provider.read("id", outs)).includes(former));
  });

  it("warns of another one, changes nothing for it, and is silent after that", async () => {
    const { inputs, outs } = await upWith(former);
    const { result, lines } = await withPrintedLines(() =>
      provider.check(inputs, inputsWith(present)),
    );
    assert.deepEqual(
      lines,
      rotatedSecretTexts({ clusterAccountPassword: former }, { clusterAccountPassword: present }),
    );
    assert.deepEqual(await provider.diff("id", outs, result.inputs), { changes: false });
    const again = await withPrintedLines(() => provider.check(result.inputs, inputsWith(present)));
    assert.deepEqual(again.lines, []);
  });

  it("says nothing after a state without them, and shows no change", async () => {
    const { inputs, outs } = await upWith();
    assert.ok(!("documentSecrets" in inputs));
    const { result, lines } = await withPrintedLines(() =>
      provider.check(inputs, inputsWith(present)),
    );
    assert.deepEqual(lines, []);
    assert.deepEqual(await provider.diff("id", outs, result.inputs), { changes: false });
  });

  it("warns also where a preview does without vCenter, and keeps them", async () => {
    const { inputs } = await upWith(former);
    const away = new VCenterProvider(new VCenterSession());
    away.configure({ config: { get: (key) => (key.endsWith(":preflight") ? "off" : undefined) } });
    const { result, lines } = await withPrintedLines(() => away.check(inputs, inputsWith(present)));
    assert.deepEqual(result.failures, []);
    assert.deepEqual(result.inputs.documentSecrets, { clusterAccountPassword: present });
    assert.match(lines.at(-1) ?? "", /^warning: deckhouse-vsphere:clusterAccountPassword: /);
  });

  it("keeps them, and does not warn, where vCenter is refused", async () => {
    const { inputs } = await upWith(former);
    const other = { ...inputs, instanceUuid: "uuid-of-before" };
    const { result, lines } = await withPrintedLines(() =>
      provider.check(other, inputsWith(present)),
    );
    assert.equal(result.failures.length, 1);
    assert.deepEqual(lines, []);
    assert.deepEqual(result.inputs.documentSecrets, { clusterAccountPassword: present });
  });
});
