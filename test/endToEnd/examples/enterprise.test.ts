import { describeExample } from "../../support/exampleLifecycle";

describeExample({
  name: "enterprise",
  resources: 28,
  warning: "Deckhouse does not verify vCenter's certificate",
});
