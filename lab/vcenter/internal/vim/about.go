package vim

import "github.com/vmware/govmomi/vim25/types"

// Describe fills in what a vCenter of a version says of itself: "8.0.3" has the API version "8.0.3.0".
func Describe(about *types.AboutInfo, version, build string) {
	about.Version = version
	about.ApiVersion = version + ".0"
	about.Build = build
	about.FullName = "VMware vCenter Server " + version + " build-" + build
}
