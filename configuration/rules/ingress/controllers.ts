import { finding } from "../../../findings/finding";
import { deckhouseHas, firstVersionWith } from "../../deckhouseVersions";
import { clusterConfigurationsOf, repetitionsOf, valuesOf, type Rule } from "../../places";
import { ingressesOfCluster, routersOf, type IngressPlace } from "./ingressPlaces";

const nameOfFirst = "main";
const reservedSuffix = "-failover";

/**
 * Ingress controllers have different names, none of them that of the first one, and none with the end that Deckhouse
 * itself adds.
 *
 * Source: deckhouse/deckhouse `modules/402-ingress-nginx/webhooks/validating/ingressnginxcontroller`.
 */
const controllerNamesAreFree: Rule = function* (configuration) {
  for (const { cluster, pathOf } of clusterConfigurationsOf(configuration)) {
    const list = valuesOf(pathOf("additionalIngresses"), cluster.additionalIngresses);
    const names = list.map(({ path, value: { name } }) => ({ path: `${path}.name`, value: name }));
    for (const { path, value } of names) {
      if (value === nameOfFirst) {
        yield finding(
          path,
          value,
          `the controller of ${pathOf("ingress")} has this name, and one of the two would replace the other`,
          "choose another name, for example internal",
        );
      } else if (value.endsWith(reservedSuffix)) {
        yield finding(
          path,
          value,
          `Deckhouse reserves names that end in ${reservedSuffix}, and would refuse the controller`,
          "choose another name",
        );
      }
    }
    for (const { first, repeated } of repetitionsOf(names, (name) => name)) {
      yield finding(
        repeated.path,
        repeated.value,
        `${first.path} is the same, and one of the two controllers would replace the other`,
        "give each controller a name of its own",
      );
    }
  }
};

/** On each node a port has one listener: of the same controller or of another one. */
const hostPortsAreApart: Rule = function* (configuration) {
  for (const place of clusterConfigurationsOf(configuration)) {
    const ports = ingressesOfCluster(place).flatMap(hostPortsOf);
    const keyOf = ({ group, port }: (typeof ports)[number]["value"]): string =>
      JSON.stringify([group, port]);
    for (const { first, repeated } of repetitionsOf(ports, keyOf)) {
      yield finding(
        repeated.path,
        repeated.value.port,
        `${first.path} is the same port on the same nodes, and one of the two could not listen there`,
        "write another port, or another node group",
      );
    }
  }
};

/** Nodes speak to each router once, for however many ingress controllers. */
const routersAreDistinct: Rule = function* (configuration) {
  for (const place of clusterConfigurationsOf(configuration)) {
    const sessions = ingressesOfCluster(place).flatMap((ingress) =>
      routersOf(ingress).map((router) => ({ ...router, nodeGroup: ingress.ingress.nodeGroup })),
    );
    const groups = new Set(sessions.map(({ nodeGroup }) => nodeGroup));
    const repetitions = [...groups].flatMap((group) =>
      repetitionsOf(
        sessions.filter(({ nodeGroup }) => nodeGroup === group),
        (router) => router,
      ),
    );
    for (const { first, repeated } of repetitions) {
      yield finding(
        repeated.path,
        repeated.value,
        `${first.path} is the same router, and it would refuse a second session`,
        "remove one of the two",
      );
    }
  }
};

/**
 * Before 1.77, MetalLB announces all addresses from all of its nodes to all routers, so there can be one group of them.
 *
 * Source: deckhouse/deckhouse `ee/se/modules/380-metallb/openapi/config-values.yaml` at v1.76.2 (`speaker`, `addressPools`).
 */
const announcersAreOneGroup: Rule = function* (configuration) {
  const { version } = configuration.deckhouse;
  if (deckhouseHas(version, "metallbResources")) return;
  for (const place of clusterConfigurationsOf(configuration)) {
    const [first, ...others] = ingressesOfCluster(place).filter(
      ({ ingress }) => ingress.metallbBGP !== undefined,
    );
    for (const { path, ingress } of others) {
      if (first === undefined || ingress.nodeGroup === first.ingress.nodeGroup) continue;
      yield finding(
        `${path}.nodeGroup`,
        ingress.nodeGroup,
        `${first.path} announces its addresses from ${first.ingress.nodeGroup}, and MetalLB of Deckhouse ${version} ` +
          "announces all addresses from the same nodes, which would not reach all routers",
        `write ${first.ingress.nodeGroup}, or set deckhouse.version to ${firstVersionWith("metallbResources")} or newer`,
      );
    }
  }
};

function hostPortsOf({ path, ingress }: IngressPlace): {
  readonly path: string;
  readonly value: { readonly group: string; readonly port: number };
}[] {
  const { externalLoadBalancer, nodeGroup: group } = ingress;
  if (externalLoadBalancer === undefined) return [];
  return (["httpPort", "httpsPort"] as const).map((key) => ({
    path: `${path}.externalLoadBalancer.${key}`,
    value: { group, port: externalLoadBalancer[key] },
  }));
}

/** What has to hold between the ingress controllers of a cluster. */
export const controllerRules: readonly Rule[] = [
  controllerNamesAreFree,
  hostPortsAreApart,
  routersAreDistinct,
  announcersAreOneGroup,
];
