import assert from "node:assert/strict";
import { parseConfiguration } from "../../../configuration";
import { changed } from "../../support/changedConfiguration";
import { elsewhere, inRegion, installed, stackOf, stackOfAll } from "./clusterSupport";
import { faultLines } from "./support";

const alone = changed(installed, {
  ...{ nodeGroups: undefined, ephemeralNodeGroups: undefined, ingress: undefined },
});
const long = "r".repeat(46);
const disk = (prefix: string): string =>
  `found nothing: the disk ${prefix}-kubernetes-data-0 would have more than 63 characters, and the installer refuses ` +
  "that: use at most 45 characters";

describe("the name of the region as the prefix of node names", () => {
  it("leaves room for the name of the data disk", () => {
    assert.deepEqual(faultLines(stackOf(alone, { "regions[0].name": long })), [
      `${inRegion}.cloudPrefix: ${disk(long)}`,
    ]);
  });

  it("leaves it in every region that one configuration is for", () => {
    const stack = changed(stackOfAll(alone), { "regions[0].name": long });
    assert.deepEqual(faultLines(stack), [`clusterConfiguration.cloudPrefix: ${disk(long)}`]);
  });

  it("may have the greatest length, and a greater one where it is no prefix", () => {
    parseConfiguration(stackOf(alone, { "regions[0].name": "r".repeat(45) }));
    const given = changed(alone, { cloudPrefix: "x1" });
    parseConfiguration(stackOf(given, { "regions[0].name": "r".repeat(63) }));
    parseConfiguration(stackOf(elsewhere, { "regions[0].name": "r".repeat(63) }));
    parseConfiguration(stackOf(undefined, { "regions[0].name": "r".repeat(63) }));
  });

  it("does not count for groups where the masters are elsewhere, whose prefix nobody knows", () => {
    const name = "ephemeralNodeGroups[0].name";
    parseConfiguration(stackOf(changed(elsewhere, { [name]: "g".repeat(42) })));
    assert.deepEqual(faultLines(stackOf(changed(elsewhere, { [name]: "g".repeat(43) }))), [
      `${inRegion}.${name}: found "${"g".repeat(43)}": ${"g".repeat(43)} has more than 42 characters, which leaves no ` +
        "room for the names of its nodes, and Deckhouse would refuse the group: shorten the name",
    ]);
  });
});
