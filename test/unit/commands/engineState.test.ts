import assert from "node:assert/strict";
import { readState, withoutResources } from "../../../commands/engineState";

const urn = "urn:pulumi:test::project::a:index:A$vsphere:index/tag:Tag::topology-a::b";
const tag = { urn, type: "vsphere:index/tag:Tag", id: "1", outputs: { name: "a" }, custom: true };

describe("the state of a stack", () => {
  it("is empty before the first up, in every form that the engine writes", () => {
    for (const deployment of [undefined, null, {}, { resources: null, pending_operations: null }]) {
      assert.deepEqual(readState(JSON.stringify({ version: 3, deployment })), {
        resources: [],
        pendingCreates: [],
      });
    }
  });

  it("tells what there is, and what an interrupted run was creating, but not what waits for its deletion", () => {
    const state = readState(
      JSON.stringify({
        version: 3,
        deployment: {
          resources: [tag, { ...tag, urn: `${urn}-old`, delete: true }],
          pending_operations: [
            { type: "creating", resource: { urn: `${urn}-new`, type: tag.type } },
            { type: "updating", resource: tag },
          ],
        },
      }),
    );
    const { custom: _custom, ...known } = tag;
    assert.deepEqual(state, {
      resources: [{ ...known, name: "topology-a::b" }],
      pendingCreates: [
        { urn: `${urn}-new`, type: tag.type, id: "", name: "topology-a::b-new", outputs: {} },
      ],
    });
  });

  it("forgets every resource and keeps the rest, so that its secrets can still be opened", () => {
    const secrets = { type: "passphrase", state: { salt: "x" } };
    const exported = {
      version: 3,
      deployment: {
        manifest: { version: "3" },
        secrets_providers: secrets,
        resources: [tag],
        pending_operations: [{ type: "creating", resource: tag }],
      },
    };
    assert.deepEqual(JSON.parse(withoutResources(JSON.stringify(exported))), {
      version: 3,
      deployment: {
        manifest: { version: "3" },
        secrets_providers: secrets,
        resources: [],
        pending_operations: [],
      },
    });
  });
});
