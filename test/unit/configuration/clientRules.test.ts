import { clientRules } from "../../../configuration/rules/ingress/clients";
import { describeClusterRules, type RuleCase } from "./ruleTable";

const balancer = "ingress.externalLoadBalancer";
const headers = "acceptClientIPHeadersFrom";
const behind = (settings: object, others: object = {}): RuleCase => [
  { ingress: { externalLoadBalancer: settings }, ...others },
];
const reserved = "this port is reserved for the Kubernetes API server";
const another = "write another port, for example 8443";
const noEffect =
  "neither behindL7Proxy nor proxyProtocol is true, so nobody's word is taken, and this would have no effect: set one of " +
  "the two to true; or remove it, and write acceptRequestsFrom to let only these networks in";
const whole = "it is an address in a network, and the whole network would be meant";
const noSetting = (version: string, settings: object): RuleCase => [
  ...behind({ ...settings, [headers]: ["10.0.0.0/8"] }, { deckhouse: { version } }),
  `@.${balancer}.${headers}: found a list of 1: Deckhouse ${version} has no such setting, and would refuse the document: ` +
    "write acceptRequestsFrom to let only these networks in, or set deckhouse.version to 1.75 or newer",
];
const network = (key: string, ingress: object): RuleCase => [
  { ingress },
  `@.ingress.${key}[1]: found "198.51.100.7/24": ${whole}: write the network, 198.51.100.0/24, or the address, ` +
    "198.51.100.7/32",
];
const networks = ["0.0.0.0/0", "198.51.100.7/24"];

describeClusterRules("clients of the ingress controller", clientRules, {
  apiServerPortIsFree: {
    "port 6443": [
      ...behind({ httpsPort: 6443 }),
      `@.${balancer}.httpsPort: found 6443: ${reserved}, and Deckhouse would refuse the controller: ${another}`,
    ],
    "port 6443 for HTTP": [
      ...behind({ httpPort: 6443, proxyProtocol: true }),
      `@.${balancer}.httpPort: found 6443: ${reserved}, whose clients would find the controller there: ${another}`,
    ],
    "the ports next to it are accepted": behind({ httpPort: 6442, httpsPort: 6444 }),
  },
  clientAddressesComeOneWay: {
    "headers and the PROXY protocol": [
      ...behind({ proxyProtocol: true, behindL7Proxy: true, realIPHeader: "X-Real-IP" }),
      `@.${balancer}.behindL7Proxy: found true: proxyProtocol is true too, with which Deckhouse knows no headers, and would ` +
        "refuse the controller: choose one: proxyProtocol for a load balancer of TCP, behindL7Proxy for one of HTTP",
    ],
    "the PROXY protocol without headers is accepted": behind({
      proxyProtocol: true,
      behindL7Proxy: false,
      [headers]: ["10.0.0.0/8"],
    }),
    "headers without the PROXY protocol are accepted": behind({
      behindL7Proxy: true,
      realIPHeader: "X-Real-IP",
      [headers]: ["10.0.0.0/8"],
    }),
  },
  realIPHeaderIsRead: {
    "a header that nobody reads": [
      ...behind({ realIPHeader: "X-Real-IP", proxyProtocol: true }),
      `@.${balancer}.realIPHeader: found "X-Real-IP": behindL7Proxy is not true, so no header is read, and the load balancer ` +
        "would pass for the client: set behindL7Proxy to true if the load balancer writes this header, or remove it",
    ],
  },
  clientIPHeadersAreRead: {
    "neither headers nor the PROXY protocol": [
      ...behind({ [headers]: ["10.0.0.0/8"], behindL7Proxy: false }),
      `@.${balancer}.${headers}: found a list of 1: ${noEffect}`,
    ],
  },
  clientIPHeadersFitTheVersion: {
    "Deckhouse 1.74": noSetting("1.74.17", { behindL7Proxy: true }),
    "Deckhouse 1.74, with the PROXY protocol": noSetting("1.74", { proxyProtocol: true }),
    "Deckhouse 1.75 is accepted": behind(
      { proxyProtocol: true, [headers]: ["10.0.0.0/8"] },
      { deckhouse: { version: "1.75" } },
    ),
  },
  clientNetworksAreNetworks: {
    "of those that are let in": network("acceptRequestsFrom", {
      externalLoadBalancer: {},
      acceptRequestsFrom: networks,
    }),
    "of load balancers": network(`externalLoadBalancer.${headers}`, {
      externalLoadBalancer: { proxyProtocol: true, [headers]: networks },
    }),
    "of MetalLB in L2 mode": network("metallbL2.sourceRanges", {
      metallbL2: { addresses: ["10.200.0.9/32"], sourceRanges: networks },
    }),
    "of MetalLB in BGP mode": [
      { "ingress.metallbBGP.sourceRanges": ["10.0.0.1/31"] },
      `@.ingress.metallbBGP.sourceRanges[0]: found "10.0.0.1/31": ${whole}: write the network, 10.0.0.0/31, or the address, ` +
        "10.0.0.1/32",
    ],
  },
});
