/// The version of this program, recorded with every run.
package let ajarVersion = "0.1.0"
