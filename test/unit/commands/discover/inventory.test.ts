import assert from "node:assert/strict";
import { inventoryText } from "../../../../commands/discover/inventory";
import { discoveredVCenter } from "../../../support/discoveredVCenter";

describe("the tree of npm run discover -- --inventory", () => {
  it("shows hosts with their state, who has datastores and networks, templates and tags", () => {
    const facts = discoveredVCenter({
      datacenters: [
        {
          path: "/X1",
          clusters: { prod: ["running", "maintenance"], stage: ["disconnected"] },
          datastores: { lun: ["prod"], half: ["prod/1", "stage"], lost: [] },
          networks: { nodes: ["prod", "stage"] },
          templates: { ubuntu: [], huge: ["its disk has 80 GiB"] },
        },
      ],
      tags: { zone: { a: ["/X1/host/prod"], b: ["/X1/host/prod"] } },
    });
    assert.equal(
      inventoryText(facts),
      [
        "VMware vCenter Server 8.0.3 build-1",
        "/X1",
        "  cluster prod: 2 hosts  [a, b]",
        "    host prod-host-1",
        "    host prod-host-2 (in maintenance)",
        "  cluster stage: 1 host",
        "    host stage-host-1 (disconnected)",
        "  datastore lun: on prod",
        "  datastore half: on prod (1 of 2 hosts), stage",
        "  datastore lost: on no cluster",
        "  network nodes: distributed port group, on prod, stage",
        "  template ubuntu",
        "  template huge (its disk has 80 GiB)",
        "",
      ].join("\n"),
    );
  });

  it("has no line of more than 120 characters, and none that a name has broken", () => {
    const facts = discoveredVCenter({
      datacenters: [{ path: "/X1", clusters: { ["a".repeat(200)]: 1, "b\n/X2": 1 } }],
    });
    const lines = inventoryText(facts).trimEnd().split("\n");
    assert.equal(lines.length, 6);
    assert.deepEqual(
      lines.filter((line) => line.length > 120),
      [],
    );
  });
});
