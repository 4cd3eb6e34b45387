import { finding } from "../../../findings/finding";
import { deckhouseHas, firstVersionWith } from "../../deckhouseVersions";
import { addressText, networkText, parseInterface } from "../../networks";
import { valuesOf, type Rule, type ValuePlace } from "../../places";
import type { WrittenConfiguration } from "../../schema";
import type { WrittenClusterConfiguration } from "../../types";
import { ingressesOf, type IngressPlace } from "./ingressPlaces";

type WrittenBalancer = NonNullable<
  NonNullable<WrittenClusterConfiguration["ingress"]>["externalLoadBalancer"]
>;

/** The port of the Kubernetes API server on each master. */
const apiServerPort = 6443;

/**
 * The controller does not listen on the port of the Kubernetes API server.
 *
 * Source: deckhouse/deckhouse `modules/402-ingress-nginx/crds/ingress-nginx.yaml` (`hostPort.httpsPort`).
 */
const apiServerPortIsFree: Rule = function* (configuration) {
  for (const { path, balancer } of balancersOf(configuration)) {
    for (const key of ["httpPort", "httpsPort"] as const) {
      if (balancer[key] !== apiServerPort) continue;
      yield finding(
        `${path}.${key}`,
        balancer[key],
        key === "httpsPort"
          ? "this port is reserved for the Kubernetes API server, and Deckhouse would refuse the controller"
          : "this port is reserved for the Kubernetes API server, whose clients would find the controller there",
        "write another port, for example 8443",
      );
    }
  }
};

/**
 * Clients' addresses come from the PROXY protocol or from headers.
 *
 * Source: deckhouse/deckhouse `modules/402-ingress-nginx/crds/ingress-nginx.yaml` (`hostPortWithProxyProtocol`).
 */
const clientAddressesComeOneWay: Rule = function* (configuration) {
  for (const { path, balancer } of balancersOf(configuration)) {
    const { behindL7Proxy, proxyProtocol } = balancer;
    if (!proxyProtocol || behindL7Proxy !== true) continue;
    yield finding(
      `${path}.behindL7Proxy`,
      behindL7Proxy,
      "proxyProtocol is true too, with which Deckhouse knows no headers, and would refuse the controller",
      "choose one: proxyProtocol for a load balancer of TCP, behindL7Proxy for one of HTTP",
    );
  }
};

/**
 * A header is read only behind a load balancer that writes it.
 *
 * Source: deckhouse/deckhouse `modules/402-ingress-nginx/crds/ingress-nginx.yaml` (`hostPort.realIPHeader`).
 */
const realIPHeaderIsRead: Rule = function* (configuration) {
  for (const { path, balancer } of balancersOf(configuration)) {
    const { realIPHeader, behindL7Proxy } = balancer;
    if (realIPHeader === undefined || behindL7Proxy === true) continue;
    yield finding(
      `${path}.realIPHeader`,
      realIPHeader,
      "behindL7Proxy is not true, so no header is read, and the load balancer would pass for the client",
      "set behindL7Proxy to true if the load balancer writes this header, or remove it",
    );
  }
};

/**
 * Somebody's word on clients' addresses is taken only where there is any.
 *
 * Source: deckhouse/deckhouse `modules/402-ingress-nginx/crds/ingress-nginx.yaml` (`acceptClientIPHeadersFrom`) and
 * `templates/controller/configmap.yaml` of the same module.
 */
const clientIPHeadersAreRead: Rule = function* (configuration) {
  for (const { path, balancer } of balancersOf(configuration)) {
    const { acceptClientIPHeadersFrom, behindL7Proxy, proxyProtocol } = balancer;
    if (acceptClientIPHeadersFrom === undefined || behindL7Proxy === true || proxyProtocol) {
      continue;
    }
    yield finding(
      `${path}.acceptClientIPHeadersFrom`,
      acceptClientIPHeadersFrom,
      "neither behindL7Proxy nor proxyProtocol is true, so nobody's word is taken, and this would have no effect",
      "set one of the two to true; or remove it, and write acceptRequestsFrom to let only these networks in",
    );
  }
};

/**
 * Before 1.75, anybody's word is taken.
 *
 * Source: deckhouse/deckhouse `modules/402-ingress-nginx/crds/ingress-nginx.yaml` at v1.74.17 and v1.75.9.
 */
const clientIPHeadersFitTheVersion: Rule = function* (configuration) {
  const { version } = configuration.deckhouse;
  if (deckhouseHas(version, "clientIPHeaderSources")) return;
  for (const { path, balancer } of balancersOf(configuration)) {
    const { acceptClientIPHeadersFrom } = balancer;
    if (acceptClientIPHeadersFrom === undefined) continue;
    yield finding(
      `${path}.acceptClientIPHeadersFrom`,
      acceptClientIPHeadersFrom,
      `Deckhouse ${version} has no such setting, and would refuse the document`,
      `write acceptRequestsFrom to let only these networks in, or set deckhouse.version to ` +
        `${firstVersionWith("clientIPHeaderSources")} or newer`,
    );
  }
};

/** A network has no bits after its prefix: who writes some may mean an address or a network. */
const clientNetworksAreNetworks: Rule = function* (configuration) {
  for (const { path, value } of ingressesOf(configuration).flatMap(clientNetworksOf)) {
    const { address, network } = parseInterface(value);
    if (address === network.first) continue;
    yield finding(
      path,
      value,
      "it is an address in a network, and the whole network would be meant",
      `write the network, ${networkText(network)}, or the address, ${addressText(address)}/32`,
    );
  }
};

function balancersOf(
  configuration: WrittenConfiguration,
): { readonly path: string; readonly balancer: WrittenBalancer }[] {
  return ingressesOf(configuration).flatMap(({ path, ingress: { externalLoadBalancer } }) =>
    externalLoadBalancer === undefined
      ? []
      : [{ path: `${path}.externalLoadBalancer`, balancer: externalLoadBalancer }],
  );
}

function clientNetworksOf({ path, ingress }: IngressPlace): ValuePlace<string>[] {
  const { acceptRequestsFrom, externalLoadBalancer, metallbBGP, metallbL2 } = ingress;
  return [
    ...valuesOf(`${path}.acceptRequestsFrom`, acceptRequestsFrom),
    ...valuesOf(
      `${path}.externalLoadBalancer.acceptClientIPHeadersFrom`,
      externalLoadBalancer?.acceptClientIPHeadersFrom,
    ),
    ...valuesOf(`${path}.metallbBGP.sourceRanges`, metallbBGP?.sourceRanges),
    ...valuesOf(`${path}.metallbL2.sourceRanges`, metallbL2?.sourceRanges),
  ];
}

/** What has to hold for the ports of the controller, for who is let in there, and for who names the clients. */
export const clientRules: readonly Rule[] = [
  apiServerPortIsFree,
  clientAddressesComeOneWay,
  realIPHeaderIsRead,
  clientIPHeadersAreRead,
  clientIPHeadersFitTheVersion,
  clientNetworksAreNetworks,
];
