# One request by Ruby's open-uri, which follows redirects by itself and knows GET alone. See contract.md.

require 'open-uri'

abort "open-uri sends no #{ENV['METHOD']}" unless ENV['METHOD'] == 'GET'
headers = File.readlines(ENV['HEADERS_FILE'], chomp: true).to_h { |line| line.split(': ', 2) }
begin
  URI.parse(ENV['URL']).open(headers.merge(proxy: nil)) { |answer| puts answer.status.first }
rescue OpenURI::HTTPError => error
  puts error.io.status.first
rescue StandardError => error
  abort "#{error.class}: #{error.message}"
end
