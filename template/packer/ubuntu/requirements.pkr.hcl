packer {
  required_version = ">= 1.11.0"

  required_plugins {
    # 2.x is the current line of the plugin. Only options that 1.4.2 also has are used, so either will do.
    vsphere = {
      source  = "github.com/vmware/vsphere"
      version = ">= 1.4.2, < 3.0.0"
    }
  }
}
