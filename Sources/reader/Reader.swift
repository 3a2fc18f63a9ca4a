@main
struct Reader {
    static func main() {}
}
