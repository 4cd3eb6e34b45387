import { dhcpRules } from "../../../configuration/rules/cluster/dhcp";
import type { Changes } from "../../support/changedConfiguration";
import { staticAddress } from "./clusterSupport";
import { describeClusterRules, type RuleCase } from "./ruleTable";

const masters = "masterNodeGroup.instanceClass";
const addresses = "nodeGroups[1].instanceClass.mainNetworkIPAddresses";
const ephemeral = "ephemeralNodeGroups[0].instanceClass";
/** The masters' additional network has public addresses, and they get the tenth of them. */
const onPublic = { [`${masters}.additionalNetworks`]: ["public"] };
const ofStatic = { "networks[3].dhcp": true };
const gateway = { "networks[0].gateway": "10.200.0.254" };

const without = (found: string): string =>
  `@.${ephemeral}.mainNetwork: found ${found}: the main network static has no DHCP, and ephemeral nodes would get no ` +
  "address: name a network with DHCP";
/** What a DHCP server gives out in a network of the cluster, and what is wrong with it. */
const range = (network: number, found: string, wrong: string, others: Changes = {}): RuleCase => [
  { ...others, [`networks[${network}].dhcpRange`]: found },
  `@.networks[${network}].dhcpRange: found "${found}": ${wrong}`,
];
const taken = (network: number, found: string, what: string, others?: Changes): RuleCase =>
  range(
    network,
    found,
    `${what} has some of these addresses permanently, and two machines would have the same address: exclude those on the ` +
      "DHCP server, and write the rest here",
    others,
  );
const isOutside =
  "the network has the subnet 10.200.0.0/24, which does not contain these addresses: correct one of the two";

describeClusterRules("DHCP", dhcpRules, {
  nodesWithoutDhcpHaveAddresses: {
    "neither of the two": [
      { [addresses]: undefined },
      `@.${addresses}: found nothing: the main network static has no DHCP, and the nodes would get no address: list one ` +
        "address for each node, or set dhcp of the network to true if it has a server",
    ],
    "both are accepted": [ofStatic],
    "neither is accepted of additional networks": [
      {
        [`${masters}.additionalNetworks`]: ["static"],
        "nodeGroups[0].instanceClass.additionalNetworks": ["routers", "static"],
      },
    ],
  },
  ephemeralNodesHaveDhcp: {
    "their own network has none": [{ [`${ephemeral}.mainNetwork`]: "static" }, without('"static"')],
    "that of the masters has none": [
      {
        [`${masters}.mainNetwork`]: "static",
        [`${masters}.mainNetworkIPAddresses`]: [staticAddress(60)],
      },
      without("nothing"),
    ],
  },
  dhcpRangesAreOfTheirNetwork: {
    "a network without DHCP": range(
      3,
      "10.200.1.100-10.200.1.150",
      "dhcp of the network is false, so no server gives out these addresses: remove it, or set dhcp to true",
    ),
    "a range that ends before it begins": range(
      0,
      "10.200.0.9-10.200.0.8",
      "the range ends before it begins: write the smaller address first, 10.200.0.8-10.200.0.9",
    ),
    "a range that begins before the subnet": range(0, "10.199.255.255-10.200.0.5", isOutside),
    "a range that ends after the subnet": range(0, "10.200.0.250-10.200.1.0", isOutside),
    "the whole subnet is accepted": [{ "networks[0].dhcpRange": "10.200.0.0/24" }],
    "a single address is accepted": [{ "networks[0].dhcpRange": "10.200.0.77-10.200.0.77" }],
    "a range in an unknown subnet is accepted": [
      { "networks[2].subnet": undefined, "networks[2].dhcpRange": "198.51.200.11-198.51.200.99" },
    ],
  },
  dhcpRangesAreFree: {
    "an address of a master": taken(
      2,
      "198.51.200.10-198.51.200.99",
      "a master (the tenth address and those after it)",
      onPublic,
    ),
    "a static address": taken(3, "10.200.1.50-10.200.1.99", `@.${addresses}[0].address`, ofStatic),
    "a gateway": taken(0, "10.200.0.128/25", "@.networks[0].gateway", gateway),
    "a gateway alone": taken(0, "10.200.0.254-10.200.0.254", "@.networks[0].gateway", gateway),
    "a gateway that only an address names": taken(
      3,
      "10.200.1.250-10.200.1.254",
      `@.${addresses}[0].gateway`,
      { ...ofStatic, [addresses]: [{ ...staticAddress(50), gateway: "10.200.1.254" }] },
    ),
    "a router": taken(1, "192.0.200.0/25", "@.ingress.metallbBGP.routers[0]"),
    "a service of MetalLB": taken(0, "10.200.0.9-10.200.0.10", "@.ingress.metallbL2.addresses[0]", {
      ingress: { metallbL2: { addresses: ["10.200.0.10/32"] } },
    }),
    "a service of a further controller": taken(
      0,
      "10.200.0.9-10.200.0.10",
      "@.additionalIngresses[0].metallbL2.addresses[0]",
      { additionalIngresses: [{ name: "a", metallbL2: { addresses: ["10.200.0.10/32"] } }] },
    ),
    "what is next to all that is accepted": [
      {
        ...onPublic,
        "networks[2].dhcpRange": "198.51.200.11-198.51.200.99",
        ...ofStatic,
        "networks[3].dhcpRange": "10.200.1.51-10.200.1.255",
      },
    ],
  },
});
