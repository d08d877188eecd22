# One request by Ruby's net/http. It follows nothing by itself: this is the loop that its documentation
# shows ("Following Redirection"), which is about GET, and gets the Location with no header of the
# caller's, ten times at the most. Other methods are not followed. See contract.md.

require 'net/http'

def send_request(uri)
  request = Net::HTTPGenericRequest.new(
    ENV['METHOD'], ENV.key?('BODY_FILE'), ENV['METHOD'] != 'HEAD', uri
  )
  File.foreach(ENV['HEADERS_FILE'], chomp: true) do |line|
    name, value = line.split(': ', 2)
    request[name] = value
  end
  request.body = File.binread(ENV['BODY_FILE']) if ENV.key?('BODY_FILE')
  Net::HTTP.start(uri.hostname, uri.port, nil) { |http| http.request(request) }
end

def follow(response, limit = 10)
  raise ArgumentError, 'too many HTTP redirects' if limit.zero?
  return response unless response.is_a?(Net::HTTPRedirection) && response['location']

  follow(Net::HTTP.get_response(URI(response['location'])), limit - 1)
end

begin
  response = send_request(URI(ENV['URL']))
  response = follow(response) if ENV['METHOD'] == 'GET'
  puts response.code
rescue StandardError => error
  abort "#{error.class}: #{error.message}"
end
