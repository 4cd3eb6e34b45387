import assert from "node:assert/strict";
import { parseConfiguration } from "../../../configuration";
import { policiesWithoutId, storagePolicyIds } from "../../../preflight/storagePolicyIds";
import type { StoragePolicy } from "../../../vcenter";
import { changed } from "../../support/changedConfiguration";
import { exampleConfiguration } from "../../support/writtenExample";
import { sentencesOf } from "../../support/pointers";

const x1 = "k8s-region-x1";
const x2 = "k8s-region-x2";
const gold: StoragePolicy = { id: "id-of-gold", name: "gold" };

describe("the ids of storage policies", () => {
  for (const { of, policy, known, before, id } of [
    { of: "a name that vCenter has", policy: { name: "gold" }, known: [gold], id: "id-of-gold" },
    {
      of: "a name in another Unicode form",
      policy: { name: "Zürich" },
      known: [{ id: "p3", name: "Zürich".normalize("NFD") }],
      id: "p3",
    },
    { of: "a name in another case", policy: { name: "Gold" }, known: [gold], id: "" },
    {
      of: "a name that two policies have",
      policy: { name: "gold" },
      known: [gold, { ...gold, id: "id-of-another" }],
      id: "",
    },
    { of: "no policy at all", policy: undefined, known: [gold], id: "" },
    { of: "an id that vCenter lacks", policy: { id: "p9" }, known: [gold], id: "" },
    { of: "a name that vCenter lacks", policy: { name: "gold" }, known: [], id: "" },
    { of: "a name that is gone since", policy: { name: "gold" }, known: [], before: "old", id: "" },
    { of: "a name that nobody may look for", policy: { name: "gold" }, before: "old", id: "old" },
    { of: "a name that nobody has ever seen", policy: { name: "gold" }, id: "otherwise" },
    { of: "an id that nobody may look for", policy: { id: "the-id" }, before: "old", id: "the-id" },
    { of: "an id that vCenter has", policy: { id: "id-of-gold" }, known: [gold], id: "id-of-gold" },
  ]) {
    it(`are right for ${of}`, () => {
      const configuration = parseConfiguration(
        changed(exampleConfiguration, { "regions[0].clusterConfiguration.storagePolicy": policy }),
      );
      const earlier: Record<string, string> = before === undefined ? {} : { [x1]: before };
      assert.deepEqual(storagePolicyIds(configuration, known, earlier, "otherwise"), {
        [x1]: id,
        [x2]: "",
      });
    });
  }

  it("are missed where the documents take one", () => {
    const named = parseConfiguration(
      changed(exampleConfiguration, {
        "regions[1].clusterConfiguration.storagePolicy": { name: "gold" },
      }),
    );
    assert.deepEqual(policiesWithoutId(named, { [x1]: "", [x2]: "id-of-gold" }), []);
    assert.match(
      sentencesOf(policiesWithoutId(named, { [x1]: "", [x2]: "" })).join("\n"),
      /^regions\[1\], storagePolicy: found "gold": vCenter has no such storage policy[^\n]*$/,
    );
    const byId = parseConfiguration(
      changed(exampleConfiguration, {
        "regions[1].clusterConfiguration.storagePolicy": { id: "the-id" },
      }),
    );
    assert.deepEqual(policiesWithoutId(byId, { [x1]: "", [x2]: "" }), []);
  });
});
