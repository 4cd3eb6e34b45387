import { describeExample } from "../../support/exampleLifecycle";

describeExample({ name: "minimal", resources: 16 });
