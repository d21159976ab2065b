/** The passwords of ten and more characters that attackers try first, and words that stay weak with digits behind them. */
export const commonPasswords: ReadonlySet<string> = new Set([
  '1234567890', '12345678910', '123456789a', '0123456789', '0987654321', '9876543210', '1q2w3e4r5t', '1qaz2wsx3edc', '1qazxsw23edc',
  'qwertyuiop', 'qwertyuiop123', 'asdfghjkl', 'asdfghjkl123', 'zxcvbnm123', 'qazwsxedc', 'qazwsxedcrfv', 'abcdefghij', 'abcd1234abcd',
  'password', 'password1', 'passw0rd', 'p@ssw0rd', 'p@ssword', 'passwordpassword', 'mypassword', 'newpassword', 'secretpassword', 'changeme',
  'changemenow', 'letmein', 'letmeinnow', 'welcome', 'welcomehome', 'administrator', 'adminadmin', 'adminpassword', 'rootroot', 'superuser',
  'iloveyou', 'iloveyouforever', 'sunshine', 'princess', 'football', 'basketball', 'baseball', 'dragon', 'monkey', 'master', 'superman', 'batman',
  'starwars', 'whatever', 'trustno1', 'computer', 'internet', 'samsung', 'google', 'facebook', 'michael', 'jennifer', 'liverpool', 'chocolate',
  'woaini', 'woaini1314', 'woaini520', '5201314', '52013145201314', 'woaiwojia', 'zhongguo', 'aini1314', '1314520', '1234qwer', 'qwer1234',
  'qwerasdf', 'asdfasdf', 'asdf1234', 'abc123', 'abc123456', 'a123456789', 'aa123456', 'test', 'testtest', 'testing', 'default', 'formloom',
])
