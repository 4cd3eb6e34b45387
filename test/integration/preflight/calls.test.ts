import assert from "node:assert/strict";
import { readConfiguration } from "../../../configuration/load";
import { generatedConfiguration } from "../../../scripts/examples/exampleConfiguration";
import { Simulator } from "../../../scripts/lab/simulator";
import type { CallCounts } from "../../../scripts/lab/simulatorControl";
import { knownAt, linesOf, madeByUp, reportOn } from "./preparedVCenter";
import { moments, type Moment } from "./rows/row";

/** The calls of a look at a generated vCenter. */
async function callsOf(when: Moment, zones: number, datastores: number): Promise<CallCounts> {
  const simulator = await Simulator.start({ generate: { zones, datastores } });
  try {
    const { configuration, names } = readConfiguration(generatedConfiguration(zones, datastores));
    if (when !== "before up") await simulator.control.change(...madeByUp(configuration));
    await simulator.control.resetCalls();
    const wanted = { configuration, names, ...knownAt(when, configuration) };
    assert.deepEqual(linesOf(await reportOn(simulator, wanted)), []);
    assert.deepEqual(await simulator.control.sessions(), []);
    return await simulator.control.ownCalls();
  } finally {
    await simulator.stop();
  }
}

describe("the calls of a preflight of 4 zones", function () {
  this.timeout(120_000);

  for (const when of moments) {
    it(`are as many with 1,000 datastores in each as with one, at most 30, of 8 MB, in one login: ${when}`, async () => {
      const few = await callsOf(when, 4, 1);
      const many = await callsOf(when, 4, 1000);
      const { soap, rest, total, bytes } = many;
      const shown = JSON.stringify(many, undefined, 1);
      assert.deepEqual([soap["Login"], rest["POST session"]], [1, 1], shown);
      assert.ok(total <= 30, shown);
      // The inventory takes 5.4 million; what vCenter says of 116 privileges on 4,000 datastores would be ten times that.
      assert.ok(bytes <= 8e6, shown);
      assert.deepEqual({ soap, rest }, { soap: few.soap, rest: few.rest });
    });
  }
});
