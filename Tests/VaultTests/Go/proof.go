// Judges a consistency proof with Go's own checksum database package.
//
// usage: proof OLDSIZE OLDROOT NEWSIZE NEWROOT HASH…   (roots and hashes in base64)
package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"
)

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func hash(text string) (hash tlog.Hash) {
	bytes, err := base64.StdEncoding.DecodeString(text)
	check(err)
	copy(hash[:], bytes)
	return hash
}

func main() {
	before, err := strconv.ParseInt(os.Args[1], 10, 64)
	check(err)
	after, err := strconv.ParseInt(os.Args[3], 10, 64)
	check(err)
	var proof tlog.TreeProof
	for _, text := range os.Args[5:] {
		proof = append(proof, hash(text))
	}
	check(tlog.CheckTree(proof, after, hash(os.Args[4]), before, hash(os.Args[2])))
	fmt.Println("consistent")
}
