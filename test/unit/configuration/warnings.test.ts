import assert from "node:assert/strict";
import { configurationWarnings as findingsOf, parseConfiguration } from "../../../configuration";
import { findingTexts } from "../../../findings/finding";
import { exampleConfiguration } from "../../support/writtenExample";
import { changed, type Changes } from "../../support/changedConfiguration";
import { installed, stackOf } from "./clusterSupport";
import { stackWith } from "./support";

const place = "cluster configuration of k8s-region-x1";

const configurationWarnings = (configuration: Parameters<typeof findingsOf>[0]): string[] =>
  findingTexts([...findingsOf(configuration)]);

/** What is said of a cluster. */
function warnings(changes: Changes): string[] {
  return configurationWarnings(parseConfiguration(stackOf(changed(installed, changes))));
}

describe("warnings about clusters", () => {
  const masters = "masterNodeGroup.instanceClass";
  const onNodes = {
    [`${masters}.mainNetwork`]: "public",
    [`${masters}.additionalNetworks`]: ["nodes"],
    ephemeralNodeGroups: [],
  };

  it("are none for a cluster without peculiarities", () => {
    assert.deepEqual(warnings({}), []);
    assert.deepEqual(configurationWarnings(parseConfiguration(stackWith({}))), []);
    const { role: _left, ...rest } = exampleConfiguration;
    const asToday = { ...rest, role: { principals: ["deckhouse@vsphere.local"] } };
    assert.deepEqual(configurationWarnings(parseConfiguration(asToday)), []);
  });

  it("are of an even number of masters", () => {
    assert.deepEqual(warnings({ "masterNodeGroup.replicas": 4 }), [
      `${place}, masterNodeGroup.replicas: 4 masters outvote a lost one no better than 3: use an odd number`,
    ]);
    assert.deepEqual(warnings({ "masterNodeGroup.replicas": 5 }), []);
  });

  it("are of fixed addresses of masters that DHCP may give out, as long as nobody says what it does", () => {
    assert.deepEqual(warnings(onNodes), [
      `${place}, networks: nodes has DHCP, and the masters take fixed addresses there, the tenth of 10.200.0.0/24 and ` +
        "those after it: keep those out of what DHCP gives out, and write that as its dhcpRange",
    ]);
    const withoutDhcp: Changes = {
      "networks[0].dhcp": false,
      nodeGroups: installed.nodeGroups!.slice(0, 1),
      // Frontends that need nothing of that network.
      "nodeGroups[0].instanceClass.mainNetwork": "alike",
    };
    assert.deepEqual(warnings({ ...onNodes, ...withoutDhcp }), []);
    assert.deepEqual(warnings({ ...onNodes, "networks[0].dhcpRange": "10.200.0.100/30" }), []);
  });

  it("are of additional networks in which nobody gives nodes an address", () => {
    const line = (group: string): string =>
      `${place}, node group ${group}: static has no DHCP, and the platform gives these nodes no address there: run a ` +
      "DHCP server, or bring the adapter up yourself";
    assert.deepEqual(
      warnings({
        "nodeGroups[0].instanceClass.additionalNetworks": ["routers", "static"],
        "ephemeralNodeGroups[0].instanceClass.additionalNetworks": ["/X1/network/Static"],
      }),
      [line("frontend"), line("worker")],
    );
  });

  it("are of static nodes that can resolve no names", () => {
    const line =
      `${place}, node group static: static addresses have no name servers, and nodes that resolve no names fetch no ` +
      "images: give the network nameservers, unless the template has them";
    const own = "nodeGroups[1].instanceClass.mainNetworkIPAddresses[0].nameservers";
    assert.deepEqual(warnings({ [own]: { search: ["example.com"] } }), [line]);
    assert.deepEqual(warnings({ "networks[3].nameservers": undefined }), [line]);
    assert.deepEqual(
      warnings({ "networks[3].nameservers": undefined, [own]: { addresses: ["10.200.1.2"] } }),
      [],
    );
  });

  it("are of taints that Deckhouse refuses unless it is told", () => {
    const taints = (...keys: string[]): Changes => ({
      "ephemeralNodeGroups[0].nodeTemplate.taints": keys.map((key) => ({ key })),
    });
    assert.deepEqual(warnings(taints("dedicated", "dedicated.deckhouse.io")), []);
    assert.deepEqual(warnings(taints("gpu", "dedicated")), [
      `${place}, node group worker: Deckhouse refuses taints with the key gpu unless it is among ` +
        "modules.placement.customTolerationKeys of the ModuleConfig global: add it there, or use dedicated",
    ]);
  });

  it("are none of masters in a network without DHCP, which get their addresses from the platform", () => {
    assert.deepEqual(warnings({ [`${masters}.additionalNetworks`]: ["static"] }), []);
  });

  it("are of announced addresses that DHCP may give out, as long as nobody says what it does", () => {
    const l2 = { ingress: { metallbL2: { addresses: ["10.200.0.200/29"] } } };
    assert.deepEqual(warnings(l2), [
      `${place}, ingress.metallbL2: DHCP may give 10.200.0.200/29 to machines: keep these addresses out of what it gives ` +
        "out, and write that as dhcpRange of the network",
    ]);
    const known = {
      "networks[0].dhcpRange": "10.200.0.100/30",
      "networks[1].dhcpRange": "192.0.200.100/30",
      "networks[2].dhcpRange": "198.51.200.100/30",
      "networks[4].dhcpRange": "10.200.0.100/30",
    };
    assert.deepEqual(warnings({ ...l2, ...known }), []);
  });
});

describe("warnings about the role", () => {
  const ofRole = (changes: Changes): string[] =>
    configurationWarnings(parseConfiguration(stackWith(changes)));

  it("are of privileges that count on the root only and are granted elsewhere", () => {
    assert.deepEqual(ofRole({ "role.grant": "datacenters" }), [
      "role.grant: vCenter looks for Cns.Searchable and StorageProfile.View on its root only, where the " +
        "role is not granted: grant it on the root if Deckhouse does not find its volumes",
    ]);
  });

  it("are of an account without the role", () => {
    assert.deepEqual(ofRole({ "clusterAccount.username": "other@vsphere.local" }), [
      "clusterAccount.username: other@vsphere.local is not among role.principals, and may lack the role: " +
        "add it there, or make sure that it has the privileges in another way",
    ]);
  });
});
