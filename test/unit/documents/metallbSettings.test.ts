import assert from "node:assert/strict";
import { clusterDocuments } from "../../../documents";
import { changed, valueAt } from "../../support/changedConfiguration";
import { bgpKey, tainted, tolerations, withPassword } from "./metallbSupport";
import { documentsWith, find, inputsWith, testFields, testFixed } from "./support";

const bgp = "cluster.ingress.metallbBGP";
const before = { "deckhouse.version": "1.76" };

describe("MetalLB by the settings of its module, field by field", () => {
  const which = "ModuleConfig/metallb";
  const settings = "spec.settings";
  const peer = `${settings}.bgpPeers[0]`;
  const pool = `${settings}.addressPools[0]`;
  testFixed(
    which,
    {
      "spec.version": 2,
      "spec.enabled": true,
      [`${peer}.source-address`]: undefined,
      [`${peer}.node-selector`]: undefined,
      [`${pool}.name`]: "ingress-k8s-region-x1",
      [`${pool}.protocol`]: "bgp",
      [`${settings}.speaker.nodeSelector`]: { "node-role.deckhouse.io/frontend": "" },
    },
    [before],
  );
  testFields(
    which,
    {
      [`${peer}.peer-address`]: [{ [`${bgp}.routers`]: ["192.0.2.7"] }, "192.0.2.7"],
      [`${settings}.bgpPeers[1].peer-address`]: [
        { [`${bgp}.routers`]: ["192.0.2.1", "192.0.2.8"] },
        "192.0.2.8",
      ],
      [`${peer}.peer-asn`]: bgpKey("routerASN", 4200000001),
      [`${peer}.my-asn`]: bgpKey("clusterASN", 4200000002),
      [`${peer}.peer-port`]: bgpKey("routerPort", 16384),
      [`${peer}.router-id`]: bgpKey("routerID", "192.0.2.99"),
      [`${peer}.hold-time`]: bgpKey("holdTime", "9s"),
      [`${peer}.password`]: [{}, "parole", withPassword],
      [`${settings}.bgpPeers[1].password`]: [{}, "parole", withPassword],
      [`${pool}.addresses`]: bgpKey("addresses", [
        "203.0.113.64/27",
        "203.0.113.130-203.0.113.140",
      ]),
      [`${pool}.auto-assign`]: bgpKey("autoAssign", false),
      [`${pool}.avoid-buggy-ips`]: bgpKey("avoidBuggyIPs", true),
      [`${pool}.bgp-advertisements[0].aggregation-length`]: bgpKey("aggregationLength", 24),
      [`${pool}.bgp-advertisements[0].localpref`]: bgpKey("localPref", 100),
      [`${pool}.bgp-advertisements[0].communities`]: bgpKey("communities", [
        "64512:100",
        "no-export",
      ]),
      [`${settings}.bgpCommunities`]: [
        { [`${bgp}.communities`]: ["64512:100", "no-export", "no-advertise", "local-as"] },
        {
          "64512:100": "64512:100",
          "no-export": "65535:65281",
          "no-advertise": "65535:65282",
          "local-as": "65535:65283",
        },
      ],
      [`${settings}.speaker.tolerations`]: [tainted, tolerations],
    },
    [before],
  );

  it("has a session of its own for each node with a `source-address`, and one for the others", () => {
    const inputs = changed(
      inputsWith({ ...before, [`${bgp}.routers`]: ["192.0.2.1"] }, withPassword),
      {
        "region.cluster.ingress.sourceAddresses": [
          { nodeName: "x1-frontend-0", address: "192.0.2.11" },
          { nodeName: "x1-frontend-1", address: "192.0.2.12" },
        ],
      },
    ) as ReturnType<typeof inputsWith>;
    const documents = clusterDocuments(inputs).map(({ document }) => document);
    const peers = valueAt(find(documents, which), `${settings}.bgpPeers`);
    const session = {
      ...{ "peer-address": "192.0.2.1", "peer-asn": 64512 },
      ...{ "my-asn": 64513, "hold-time": "3s", password: "parole" },
    };
    assert.deepEqual(peers, [
      {
        ...session,
        "source-address": "192.0.2.11",
        "node-selector": { matchLabels: { "kubernetes.io/hostname": "x1-frontend-0" } },
      },
      {
        ...session,
        "source-address": "192.0.2.12",
        "node-selector": { matchLabels: { "kubernetes.io/hostname": "x1-frontend-1" } },
      },
      {
        ...session,
        "node-selector": {
          matchExpressions: [
            {
              key: "kubernetes.io/hostname",
              operator: "NotIn",
              values: ["x1-frontend-0", "x1-frontend-1"],
            },
          ],
        },
      },
    ]);
  });

  it("has no community for `none`, which means that there are none", () => {
    const found = find(documentsWith({ ...before, [`${bgp}.communities`]: ["none"] }), which);
    assert.equal(valueAt(found, `${pool}.bgp-advertisements`), undefined);
    assert.equal(valueAt(found, `${settings}.bgpCommunities`), undefined);
  });

  it("has the password in the clear there, as the module wants it, and no Secret", () => {
    const documents = documentsWith(before, withPassword);
    assert.equal(find(documents, "Secret"), undefined);
  });
});
