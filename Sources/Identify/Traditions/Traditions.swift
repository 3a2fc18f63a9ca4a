/// Every tradition the grammar knows. Of equals, the one named first wins: Latin shorthand is borrowed everywhere.
package let traditions: [any Tradition] = [
    ChineseTradition(),
    KoreanTradition(),
    JapaneseTradition(),
    WesternTradition(),
]
