// An article to try, of our own: nobody in it exists.

export const EXAMPLE = {
  id: "An example",
  text: `Ferry to Ora stays, harbour board decides

ORA — The night ferry between Ora and the mainland will go on for another year, the harbour board said on Monday.

“We listened to the people who use it,” said Ann Lee, the mayor of Ora. “They were loud, and they were right.” Lee added that the town would pay a third of the costs.

Bo Lind, who has steered the ferry since 2009, was less sure. “One year is a delay, not a decision,” he told reporters on the quay. The engine, he said, “needs more than good will”.

According to the board, some 140 passengers take the last boat on a winter night. A nurse who works the late shift said she would have had to move without it.

The harbour workers' union called the vote “a start”.
`,
};
